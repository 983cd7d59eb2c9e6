// The library's stretches, all with their pictures, to find and to read.
import { Finder } from './finder.js';
import { ask } from './key.js';
import { called, known, pictures } from './known.js';
import { put as putOn } from './make.js';
import { $, dialog, html, icon, nothing, put, why } from './parts.js';
import { lang, say } from './words.js';

const finder = new Finder('s-', () => render());

const tile = (s) => html`<button type="button" class="tile" @click=${() => about(s)}><span class="pic">${pictures(s)}</span><span class="words"><b>${s.name}</b><span class="quiet">${[s.target, s.place].filter(Boolean).join(' · ')}</span>${s.own ? html`<span class="quiet mark">${icon('star')}${say('stretches.own')}</span>` : nothing}</span></button>`;

async function about(s) {
  let a;
  try {
    a = await (await ask(`/page/stretches/${encodeURIComponent(s.id)}?lang=${lang}`)).json();
  } catch { return; }
  const fact = (key, text) => (text ? html`<p><b>${say(`stretches.${key}`)}</b> ${text}</p>` : nothing);
  dialog(a.name, html`<div class="about"><div class="pic">${pictures(s)}</div><div class="day"><p class="quiet">${[a.target, a.place].filter(Boolean).join(' · ')}</p><p><b>${a.dose}</b></p><ol>${a.steps.map((step) => html`<li>${step}</li>`)}</ol>
    ${['feel', 'mistake', 'easier', 'harder', 'more'].map((key) => fact(key, a.remarks[key]))}${a.ask ? html`<p>${a.ask}</p>` : nothing}${fact('stop', a.stop)}${fact('needs', a.needs)}${fact('shows', a.alt)}${fact('body', a.regions.map(called).join(', '))}${a.sources.length ? html`<p class="quiet">${say('stretches.sources', { n: a.sources.length })}</p>` : nothing}
    <div class="row"><button type="button" class="button main" @click=${() => { $('#dialog').close(); putOn(s.id); location.hash = '#/make'; }}>${say('stretches.put')}</button></div></div></div>`);
}

export function begin() {}

export function render() {
  const own = known.stretches.filter((s) => s.own).length;
  put(html`<div class="day"><div class="sechead"><h1 tabindex="-1">${say('stretches.title')}</h1><p class="quiet">${say('stretches.come', { n: known.stretches.length - own })} <span class="here">${say('stretches.yours')} <code>${known.shelf}</code></span></p></div>
    ${known.broken.length ? html`<section class="card fit warn">${icon('warn')}<div><b>${say('stretches.broken', { n: known.broken.length })}</b><ul>${known.broken.map((m) => html`<li>${why(m)}</li>`)}</ul></div></section>` : nothing}
    <section class="card" aria-label=${say('find.find')}>${finder.view()}</section>
    <div class="grid big" role="group" aria-label=${say('stretches.title')}>${finder.list().map(tile)}</div></div>`, $('#at-stretches'));
}

export function enter() { $('#at-stretches h1').focus(); }
