// What there is to choose from: handouts, stretches, packs, looks, and the clinic, in the language of the page.
import { ask } from './key.js';
import { html } from './parts.js';
import { lang } from './words.js';

export let known = null;
export let by = {}; // the stretches

export async function learn() {
  known = await (await ask(`/page/state?lang=${lang}`)).json();
  by = Object.fromEntries(known.stretches.map((s) => [s.id, s]));
  document.dispatchEvent(new Event('learned'));
}

// called is what a part of the body, a position or a thing is called.
export const called = (name) => known.called[name] ?? name.replaceAll('-', ' ');

export const pictures = (s) => s.figures.map((f) => html`<img src=${f} alt="" loading="lazy">`);
