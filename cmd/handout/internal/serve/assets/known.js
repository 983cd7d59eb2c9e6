// What there is to choose from: handouts, stretches, packs, looks, and the clinic, in the language of the page.
import { ask } from './key.js';
import { html } from './parts.js';
import { lang } from './words.js';

export let known = null;
export let by = {}; // the stretches

// drawn is the address of a picture that an image cannot ask for, since it brings no token.
const drawings = {};
const drawn = async (figure) => {
  try { return drawings[figure] ??= URL.createObjectURL(await (await ask(figure)).blob()); } catch { return figure; }
};

export async function learn() {
  const asked = lang, answer = await (await ask(`/page/state?lang=${asked}`)).json();
  if (asked !== lang) return; // the page was turned meanwhile, and asks for itself
  known = answer;
  document.documentElement.classList.toggle('elsewhere', known.elsewhere);
  if (known.elsewhere) await Promise.all(known.stretches.map(async (s) => { s.figures = await Promise.all(s.figures.map(drawn)); }));
  by = Object.fromEntries(known.stretches.map((s) => [s.id, s]));
  document.dispatchEvent(new Event('learned'));
}

// called is what a part of the body, a position or a thing is called.
export const called = (name) => known.called[name] ?? name.replaceAll('-', ' ');

export const pictures = (s) => s.figures.map((f) => html`<img src=${f} alt="" loading="lazy">`);
