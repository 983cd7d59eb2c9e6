// What every place has a use for.
import { html, nothing, render as put } from './lit-html.js';
import { has, lang, say } from './words.js';

export { html, nothing, put };
export const $ = (s, from = document) => from.querySelector(s);
export const $$ = (s, from = document) => [...from.querySelectorAll(s)];

const icons = { up: 'm6 14 6-6 6 6', down: 'm6 10 6 6 6-6', off: 'M6 6l12 12M18 6 6 18', good: 'm4 12 5 6L20 6', warn: 'M12 3 2 20h20zM12 10v5m0 2.5v.01', bad: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6m0 3.5v.01', find: 'M11 4a7 7 0 1 1 0 14a7 7 0 0 1 0-14m9 16-4-4', star: 'm12 3 2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2 6.4 20.3l1.2-6.3L3 9.6l6.3-.8z', plus: 'M12 5v14M5 12h14', drop: 'M12 16V4m-5 5 5-5 5 5M4 16v4h16v-4', save: 'M12 3v12m-5-5 5 5 5-5M4 20h16', print: 'M7 8V3h10v5M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 14h10v7H7z', mail: 'M3 6h18v12H3zM3 7l9 7 9-7', folder: 'M3 6h7l2 3h9v10H3z', lock: 'M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4', file: 'M6 3h8l5 5v13H6zM14 3v5h5', fresh: 'M4 9h11a5 5 0 0 1 0 10H8M4 9l4-4M4 9l4 4' };
export const icon = (name) => html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=${icons[name]}></path></svg>`;

// sentence has a capital at its beginning.
export const sentence = (text) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1);

// onward is asked for before a wait and used after it: the focus goes to what it is given, unless a person has moved it
// meanwhile. Whoever types goes on where they type.
export function onward() {
  const from = document.activeElement;
  return (to) => { if ([from, document.body].includes(document.activeElement)) to?.focus(); };
}

// tell says something to who cannot see it.
export const tell = (text) => { $('#tell').textContent = text; };

// toast says something for a while, with a button if there is something to do about it: as long as somebody is at it, it
// stays.
export function toast(text, act, go) {
  const away = () => put(nothing, $('#toast')), stay = () => clearTimeout(toast.timer);
  const wait = () => { stay(); toast.timer = setTimeout(away, act ? 20_000 : 12_000); };
  put(html`<div class="toast" role="status" @focusin=${stay} @focusout=${wait} @pointerenter=${stay} @pointerleave=${wait}>${text}${act ? html`<button type="button" @click=${() => { stay(); away(); go(); }}>${act}</button>` : nothing}</div>`, $('#toast'));
  wait();
}

// dialog asks something before all else; what is in it closes it.
export function dialog(name, content) {
  const at = $('#dialog');
  put(html`<div class="dialog"><div class="sechead"><h2 id="dialog-h">${name}</h2><button type="button" class="button icon" aria-label=${say('frame.close')} @click=${() => at.close()}>${icon('off')}</button></div>${content}</div>`, at);
  if (!at.open) at.showModal();
  return at;
}

// why is a mistake in words: as it is told, or in another language as the table has it.
export function why(m) {
  if (lang !== 'en' && has(`mistakes.${m.code}`)) return sentence(say(`mistakes.${m.code}`));
  return sentence(`${m.detail}${m.hint ? `: ${m.hint}` : ''}`);
}

// lost is what to say of a request that nothing answered, or that had no key; nothing for another.
export function lost(problem) {
  const elsewhere = document.documentElement.classList.contains('elsewhere');
  if (problem.status === 0) return [say('frame.gone'), say(elsewhere ? 'frame.gone-there' : 'frame.gone-hint')];
  if (problem.status === 401 && elsewhere) return [say('frame.token-wrong'), say('frame.token-again')];
  if (problem.status === 401) return [say('frame.no-key'), say('frame.no-key-hint')];
  return null;
}
