// Finding stretches by words and filters. The words are looked for by the server, as everywhere.
import { ask } from './key.js';
import { known, by, called } from './known.js';
import { html, icon, sentence } from './parts.js';
import { lang, say } from './words.js';

export class Finder {
  #found = null; #turn = 0; // the stretches that have the words; null for all

  // changed is called when others are found; the prefix makes its fields' names its own.
  constructor(prefix, changed) {
    Object.assign(this, { prefix, changed, words: '', position: '', prop: '', region: '', own: false });
  }

  async look(words) {
    const mine = ++this.#turn;
    let found = null;
    this.words = words;
    try {
      if (words.trim()) found = (await (await ask(`/v1/stretches?lang=${lang}&q=${encodeURIComponent(words.trim())}`)).json()).map((s) => s.id);
    } catch { found = []; }
    if (mine === this.#turn) { this.#found = found; this.changed(); }
  }

  list() {
    const all = this.#found ? this.#found.map((id) => by[id]).filter(Boolean) : known.stretches;
    return all.filter((s) => (!this.own || s.own) && (!this.region || s.regions.includes(this.region)) && (!this.position || s.positions.includes(this.position))
      && (!this.prop || (this.prop === 'none' ? s.props.every((p) => p === 'mat') : s.props.includes(this.prop))));
  }

  #choice(name, any, list) {
    const id = this.prefix + name;
    return html`<div><label for=${id}>${say(`find.${name}`)}</label><select id=${id} @change=${(e) => { this[name] = e.target.value; this.changed(); }}><option value="">${say(`find.${name}-any`)}</option>${any}${list.map((v) => html`<option value=${v}>${called(v)}</option>`)}</select></div>`;
  }

  view() {
    const some = (what) => known[what].filter((name) => known.stretches.some((s) => s[what].includes(name)));
    const n = this.list().length, of = known.stretches.length, at = (name) => this.prefix + name;
    const chip = (name, label) => html`<button type="button" class="chip" aria-pressed=${this.region === name} @click=${() => { this.region = name; this.changed(); }}>${sentence(label)}</button>`;
    return html`<div class="finder"><div class="find"><label for=${at('q')}>${say('find.find')}</label>${icon('find')}<input id=${at('q')} type="search" maxlength="100" autocomplete="off" placeholder=${say('find.find-such')} aria-describedby=${at('found')} @input=${(e) => this.look(e.target.value)} @keydown=${(e) => { if (e.key === 'Enter' && !e.ctrlKey && !e.metaKey) e.preventDefault(); }}></div>
      ${this.#choice('position', '', some('positions'))}${this.#choice('prop', html`<option value="none">${say('find.prop-none')}</option>`, some('props'))}</div>
      <div class="regions" role="group" aria-label=${say('find.region')}>${chip('', say('find.region-any'))}${some('regions').map((r) => chip(r, called(r)))}${known.stretches.some((s) => s.own) ? html`<button type="button" class="chip" aria-pressed=${this.own} @click=${() => { this.own = !this.own; this.changed(); }}>${say('find.own')}</button>` : ''}</div>
      <p class="quiet" role="status" id=${at('found')}>${n === of ? say('find.all', { n }) : n ? say('find.some', { n, of }) : say('find.none')}</p>`;
  }
}
