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

// A service's handout is a setting too: services/ and its name.
const was = (key) => (key.startsWith('services/') ? file?.services.find((s) => `services/${s.service}` === key)?.handout : file?.settings[key]) ?? '';
export const value = (key) => mine[key] ?? was(key);
export const changed = () => Boolean(logo || Object.keys(mine).length);
export const wrong = (key) => [...(problem?.mistakes ?? []), ...(problem || changed() ? [] : file?.errors ?? [])].find((m) => m.pointer === `/settings/${key}`);

export async function read() {
  file = await (await ask('/page/clinic')).json();
  elsewhere = false;
}

function changes() {
  const all = { settings: {} };
  for (const [key, text] of Object.entries(mine)) {
    if (key.startsWith('services/')) (all.services ??= {})[key.slice(9)] = text; else all.settings[key] = text;
  }
  if (logo) all.logo = logo;
  return all;
}

export function bare() { logo = ''; }

// look asks for the page with what is changed; told is called when it is there.
export function look(told, wait = 0) {
  const handout = (() => { try { return JSON.parse(localStorage.getItem('handout')); } catch { return ''; } })();
  const body = { ...changes(), order: { handout: handout || 'after-massage' } };
  preview.ask('/page/clinic/preview', body, (answer, refused) => { shown = answer ?? shown; problem = refused; told(); }, wait);
}

export const settled = () => preview.settled();

export function change(key, text) {
  mine = { ...mine, [key]: text };
  if (text === was(key)) delete mine[key];
}

export async function another(picture) { logo = await bytes(picture); }

export function undo() { mine = {}; logo = ''; problem = null; }

// save writes what is changed; false where it was refused. What is typed while it is written is a change of what is
// written then.
export async function save() {
  const written = mine, drawn = logo, before = Object.fromEntries(Object.keys(mine).map((key) => [key, was(key)]));
  try {
    file = await (await ask('/page/clinic', changes(), { method: 'PUT', match: file.sum })).json();
  } catch (e) {
    elsewhere = e.kind === 'changed';
    problem = elsewhere ? null : e; // that is told above the form, and the page is as good as before
    return false;
  }
  mine = Object.fromEntries(Object.entries({ ...before, ...mine }).filter(([key, text]) => text !== written[key]));
  if (logo === drawn) logo = '';
  problem = null;
  elsewhere = false;
  await learn();
  return true;
}

// again writes them over the file as it is now.
export async function again() {
  await read();
  return save();
}
