// Packs: stretches with their doses under one name. Those of one's own are files of the clinic's folder.
import { ask } from './key.js';
import { by, known, learn, pictures } from './known.js';
import { use } from './make.js';
import { name } from './packname.js';
import { $, html, icon, nothing, onward, put, toast, why } from './parts.js';
import { lang, say } from './words.js';

function rename(p) {
  name(say('packs.rename'), '', p.name, async (called) => {
    const on = onward();
    await ask(`/page/packs/${encodeURIComponent(p.id)}`, { name: called }, { method: 'PUT' });
    await learn();
    on($(`[data-pack="${CSS.escape(p.id)}"] .button`));
  });
}

async function drop(p) {
  const on = onward();
  try {
    await ask(`/page/packs/${encodeURIComponent(p.id)}`, null, { method: 'DELETE' });
  } catch (e) {
    return toast(e.mistakes?.map(why).join(' ') || say('frame.gone'));
  }
  await learn();
  on($('#at-packs h1'));
  toast(say('packs.is-deleted', p), say('packs.back'), async () => { await ask('/page/packs', { name: p.name, lang, stretches: p.stretches }); await learn(); });
}

const card = (p) => html`<li class="card pack" data-pack=${p.id}><h2>${p.name}</h2><div class="pics">${p.stretches.slice(0, 4).map((c) => (by[c.id] ? html`<div>${pictures(by[c.id])[0]}</div>` : nothing))}</div>
  <p class="quiet">${p.stretches.map((c) => by[c.id]?.name ?? c.id).join(', ')}</p>
  <div class="row"><button type="button" class="button main" aria-label=${say('packs.use-it', p)} @click=${() => { use(p); location.hash = '#/make'; }}>${say('packs.use')}</button>${p.own ? html`<button type="button" class="button" aria-label=${say('packs.rename-it', p)} @click=${() => rename(p)}>${say('packs.rename')}</button><button type="button" class="button plain" aria-label=${say('packs.delete-it', p)} @click=${() => drop(p)}>${say('packs.delete')}</button>` : html`<span class="quiet here">${say('packs.comes')}</span>`}</div></li>`;

export function begin() {}

export function render() {
  const own = known.packs.filter((p) => p.own), others = known.packs.filter((p) => !p.own);
  put(html`<div class="day"><div class="sechead"><h1 tabindex="-1">${say('packs.title')}</h1><p class="quiet here">${say('packs.what')} <code>${known.shelf}</code></p></div>
    <ul class="packs">${own.map(card)}<li class="card pack here"><h2>${say('packs.new')}</h2><p class="quiet">${say('packs.how')}</p><div class="row"><a class="button" href="#/make">${icon('plus')}${say('packs.choose')}</a></div></li>${others.map(card)}</ul></div>`, $('#at-packs'));
}

export function enter() { $('#at-packs h1').focus(); }
