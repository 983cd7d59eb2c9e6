// The clinic's file: as it is, and what is changed of it here. It is written when it is saved, and only over what was
// seen.
import { ask } from './key.js';
import { learn } from './known.js';
import { Preview } from './preview.js';
import { bytes } from './today.js';

export let file = null;
export let mine = {};       // the settings that are changed
export let logo = '';       // another one's file, in base64
export let shown = null;    // the page with them, and the colours as they print
export let problem = null;
export let elsewhere = false; // the file was written by another since it was read
const preview = new Preview();

export const value = (key) => mine[key] ?? file?.settings[key] ?? '';
export const changed = () => Boolean(logo || Object.keys(mine).length);
export const wrong = (key) => [...(problem?.mistakes ?? []), ...(problem || changed() ? [] : file?.errors ?? [])].find((m) => m.pointer === `/settings/${key}`);

export async function read() {
  file = await (await ask('/page/clinic')).json();
  elsewhere = false;
}

export function bare() { logo = ''; }

// look asks for the page with what is changed; told is called when it is there.
export function look(told, wait = 0) {
  const handout = (() => { try { return JSON.parse(localStorage.getItem('handout')); } catch { return ''; } })();
  const body = { settings: mine, ...(logo ? { logo } : {}), order: { handout: handout || 'after-massage' } };
  preview.ask('/page/clinic/preview', body, (answer, refused) => { shown = answer ?? shown; problem = refused; told(); }, wait);
}

export const settled = () => preview.settled();

export function change(key, text) {
  mine = { ...mine, [key]: text };
  if (text === (file.settings[key] ?? '')) delete mine[key];
}

export async function another(picture) { logo = await bytes(picture); }

export function undo() { mine = {}; logo = ''; problem = null; }

// save writes what is changed; false where it was refused.
export async function save() {
  try {
    file = await (await ask('/page/clinic', { settings: mine, ...(logo ? { logo } : {}) }, { method: 'PUT', match: file.sum })).json();
  } catch (e) {
    elsewhere = e.kind === 'changed';
    problem = elsewhere ? null : e; // that is told above the form, and the page is as good as before
    return false;
  }
  undo();
  elsewhere = false;
  await learn();
  return true;
}

// again writes them over the file as it is now.
export async function again() {
  await read();
  return save();
}
