// The clinic: its settings, and beside them a page that follows.
import { by, known } from './known.js';
import { $, html, icon, lost, nothing, onward, put, tell, toast, why } from './parts.js';
import * as settings from './settings.js';
import { lang, say } from './words.js';

// countries are those of most who work with handout, and whichever the file has.
const countries = ['AR', 'AT', 'AU', 'BE', 'BO', 'BR', 'CA', 'CH', 'CL', 'CO', 'CR', 'DE', 'DO', 'EC', 'ES', 'FR', 'GB', 'GT', 'HN', 'IE', 'IN', 'IT', 'MX', 'NI', 'NL', 'NZ', 'PA', 'PE', 'PH', 'PR', 'PT', 'PY', 'SV', 'US', 'UY', 'VE', 'ZA'];

// changed is a setting that is other now.
export function changed(key, text, wait = 150) {
  settings.change(key, text);
  draw();
  settings.look(draw, wait);
}

// field is a setting that is typed; lines has one a line.
export function field(key, { lines = false, such = '', hint = '', type = 'text', prefix = 'c-' } = {}) {
  const id = prefix + key, wrong = settings.wrong(key), about = `${hint ? `${id}-h ` : ''}${id}-w`;
  return html`<div><label for=${id}>${say(`clinic.${key}`)}</label>${lines
    ? html`<textarea id=${id} class="lines" rows="2" autocomplete="off" aria-describedby=${about} aria-invalid=${wrong ? 'true' : nothing} .value=${settings.value(key)} @input=${(e) => changed(key, e.target.value)}></textarea>`
    : html`<input id=${id} type=${type} autocomplete="off" placeholder=${such} aria-describedby=${about} aria-invalid=${wrong ? 'true' : nothing} .value=${settings.value(key)} @input=${(e) => changed(key, e.target.value)}>`}
    ${hint ? html`<p class="hint" id="${id}-h">${hint}</p>` : nothing}<p class="wrong" id="${id}-w" ?hidden=${!wrong}>${wrong ? html`${icon('bad')}${why(wrong)}` : nothing}</p></div>`;
}

// choice is a setting that is one of a few; the first is the usual one.
export function choice(key, list, prefix = 'c-') {
  return html`<fieldset><legend class="label">${say(`clinic.${key}`)}</legend><div class="seg">${list.map(([value, says]) => html`<label><input type="radio" name=${prefix + key} .checked=${settings.value(key) === value} @change=${() => changed(key, value, 0)}><span>${says}</span></label>`)}</div></fieldset>`;
}

export function country(prefix = 'c-') {
  const now = settings.value('country').toUpperCase(), names = new Intl.DisplayNames([lang], { type: 'region' }), name = (code) => { try { return names.of(code); } catch { return code; } };
  const all = [...new Set([...countries, ...(now ? [now] : [])])].sort((a, b) => name(a).localeCompare(name(b), lang));
  return html`<div><label for="${prefix}country">${say('clinic.country')}</label><select id="${prefix}country" aria-describedby="${prefix}country-h" @change=${(e) => changed('country', e.target.value, 0)}><option value="" .selected=${now === ''}>${say('clinic.country-none')}</option>${all.map((code) => html`<option value=${code} .selected=${code === now}>${name(code)}</option>`)}</select><p class="hint" id="${prefix}country-h">${say('clinic.country-hint')}</p></div>`;
}

// colours are the two, how well they are seen, and what is done about it.
export function colours(prefix = 'c-') {
  const all = settings.shown?.colors ?? settings.file.colors;
  const swatch = (key) => html`<div><label for=${prefix + key}>${say(`clinic.${key}`)}</label><input type="color" id=${prefix + key} .value=${all[key]?.chosen ?? '#17545e'} @input=${(e) => changed(`colors.${key}`, e.target.value)}></div>`;
  const verdict = (key) => {
    const c = all[key];
    if (!c) return nothing;
    const fine = c.chosen === c.used, ink = c.used === '#16232b', ground = fine && c.ratio < c.need;
    const numbers = { ratio: c.ratio.toFixed(1), gray: c.gray.toFixed(1), need: c.need };
    const says = ground ? say('clinic.ground', numbers) : fine ? say(`clinic.${key}-good`, numbers) : say(ink ? 'clinic.ink' : `clinic.${key}-pale`, numbers);
    return html`<p class="verdict"><span class="state ${fine && !ground ? '' : 'bad'}">${icon(fine && !ground ? 'good' : 'warn')}${say(`clinic.${key}`)}</span><span>${says}</span></p>`;
  };
  const sample = (head, used) => html`<div class="sample"><b>${head}</b><svg viewBox="0 0 300 74" preserveAspectRatio="xMinYMid" aria-hidden="true"><rect x="0" y="4" width="4" height="64" fill=${used('accent')}></rect><text x="14" y="24" font-family="Atkinson" font-weight="700" font-size="19" fill=${used('main')}>${say('clinic.sample-name')}</text><text x="14" y="46" font-family="Atkinson" font-weight="700" font-size="16" fill="#16232b">${say('clinic.sample-dose')}</text><circle cx="19" cy="62" r="4" fill=${used('accent')}></circle><text x="30" y="67" font-family="Atkinson" font-size="15" fill="#16232b">${say('clinic.sample-step')}</text></svg></div>`;
  const other = all.main && ['main', 'accent'].some((key) => all[key].chosen !== all[key].used);
  return html`<div class="swatches">${swatch('main')}${swatch('accent')}</div><div role="status" class="day">${verdict('main')}${verdict('accent')}${other ? html`<div class="samples">${sample(say('clinic.as-chosen'), (key) => all[key].chosen)}${sample(say('clinic.as-printed'), (key) => all[key].used)}</div>` : nothing}</div>`;
}

// skin is that of the people in the pictures.
export const skin = (prefix) => choice('skin', [['', say('clinic.skin-light')], ['fair', say('clinic.skin-fair')], ['tan', say('clinic.skin-tan')], ['brown', say('clinic.skin-brown')], ['deep', say('clinic.skin-deep')]], prefix);

// services are what the day list hands out after each, and one more.
function services() {
  const names = [...new Set([...settings.file.services.map((s) => s.service), ...Object.keys(settings.mine).filter((key) => key.startsWith('services/')).map((key) => key.slice(9))])];
  const row = (name, i) => {
    const key = `services/${name}`, now = settings.value(key), stretches = settings.file.services.find((s) => s.service === name)?.stretches ?? [];
    const all = [...(now === '' ? [['', say('clinic.service-any')]] : []), ...known.handouts.map((h) => [h.id, h.title]), ['none', say('clinic.service-none')]];
    if (!all.some(([id]) => id === now)) all.unshift([now, now]);
    return html`<div><label for="c-s-${i}" translate="no">${name}</label><select id="c-s-${i}" aria-describedby="c-s-${i}-h" @change=${(e) => changed(key, e.target.value, 0)}>${all.map(([id, says]) => html`<option value=${id} .selected=${id === now}>${says}</option>`)}</select><p class="hint" id="c-s-${i}-h">${stretches.map((id) => by[id]?.name ?? id).join(', ')}</p></div>`;
  };
  const add = () => {
    const at = $('#c-service'), name = at.value.trim().replace(/\s+/g, ' ');
    if (!name) return at.focus();
    at.value = '';
    if (!names.some((one) => one.toLowerCase() === name.toLowerCase())) changed(`services/${name}`, known.handouts[0].id, 0);
    $(`#c-s-${names.length}`)?.focus();
  };
  return html`<section class="card"><h2>${say('clinic.services')}</h2><div class="day"><p class="quiet">${say('clinic.services-hint')}</p>${names.length ? html`<div class="fields">${names.map(row)}</div>` : nothing}
    <div class="row"><div><label for="c-service">${say('clinic.service-more')}</label><input id="c-service" maxlength="120" autocomplete="off" @keydown=${(e) => { if (e.key === 'Enter' && !e.ctrlKey) { e.preventDefault(); add(); } }}></div><button type="button" class="button" id="c-service-add" @click=${add}>${say('clinic.service-add')}</button></div></div></section>`;
}

export function logo(prefix = 'c-') {
  const image = settings.shown?.logo ?? settings.file.logo, wrong = settings.wrong('logo');
  return html`<div class="row">${image ? html`<div class="thumb logo"><img src=${image} alt=${say('clinic.logo-is')}></div>` : nothing}
    <label class="button" for="${prefix}logo">${say(image ? 'clinic.logo-other' : 'clinic.logo-choose')}</label><input id="${prefix}logo" type="file" class="hidden" accept="image/*" aria-describedby="${prefix}logo-h ${prefix}logo-w" @change=${async (e) => { if (e.target.files[0]) { await settings.another(e.target.files[0]); e.target.value = ''; draw(); settings.look(draw); } }}>
    ${settings.value('logo') || settings.logo ? html`<button type="button" class="button plain" @click=${() => { settings.bare(); changed('logo', '', 0); }}>${say('clinic.logo-none')}</button>` : nothing}
    <span class="quiet" id="${prefix}logo-h">${say('clinic.logo-hint')}</span></div><p class="wrong" id="${prefix}logo-w" ?hidden=${!wrong}>${wrong ? why(wrong) : nothing}</p>`;
}

// sheet is the page beside the form.
export function sheet() {
  const { shown, problem } = settings, general = problem?.mistakes.filter((m) => !m.pointer.startsWith('/settings/')) ?? [];
  const [head, hint] = (problem && lost(problem)) ?? [];
  const says = problem ? head ?? say('clinic.to-mend') : shown?.fit ? say('clinic.as-it-looks') : say('make.comes');
  return html`<section class="preview" aria-label=${say('clinic.page')}><div class="fit ${problem ? 'bad' : ''}">${icon(problem ? 'bad' : 'good')}<div><b>${says}</b>${problem ? html`<span>${hint ?? general.map((m) => html`${why(m)} `)}</span>` : shown?.fit ? `${shown.fit.title}, ${shown.fit.type_size} pt` : nothing}</div></div>
    <figure class="sheet ${problem ? 'stale' : ''}" role="img" aria-label=${say('clinic.page')}>${shown?.drawing ? (shown.drawn ??= shown.drawing.cloneNode(true)) : nothing}</figure></section>`;
}

// mend goes on to the first field that is wrong.
export function mend(at, on = onward()) {
  const field = $('[aria-invalid]', at);
  on(field);
  return Boolean(field);
}

function view() {
  const { file, mine, elsewhere, problem } = settings, n = problem?.mistakes.length ?? 0;
  if (!file) return nothing;
  const unread = !problem && !settings.changed() ? file.errors.filter((m) => !m.pointer) : [];
  return html`<h1 class="hidden" tabindex="-1">${say('clinic.title')}</h1>
  <form class="clinic" autocomplete="off" novalidate @submit=${(e) => { e.preventDefault(); save(); }}><div class="day">
  ${elsewhere ? html`<section class="card fit warn" role="alert">${icon('warn')}<div><b>${say('clinic.elsewhere')}</b>${say('clinic.elsewhere-hint')}<div class="row"><button type="button" class="button small" id="c-over" @click=${async () => { done(await settings.again()); }}>${say('clinic.over')}</button><button type="button" class="button small" id="c-theirs" @click=${async () => { settings.undo(); await settings.read(); draw(); settings.look(draw); }}>${say('clinic.theirs')}</button></div></div></section>` : nothing}
  ${unread.length ? html`<section class="card fit bad" role="alert">${icon('bad')}<div><b>${say('clinic.unread')}</b><ul>${unread.map((m) => html`<li>${why(m)}</li>`)}</ul></div></section>` : nothing}
  <section class="card"><h2>${say('clinic.contact')}</h2><div class="fields">${field('name')}${field('tagline')}${field('phone', { lines: true, hint: say('clinic.lines') })}${field('address', { lines: true, hint: say('clinic.lines') })}${field('booking', { such: 'https://', hint: say('clinic.booking-hint') })}${field('web')}${field('email')}${field('therapist')}${field('credential')}</div></section>
  <section class="card"><h2>${say('clinic.looks')}</h2><div class="day">${logo()}${colours()}</div></section>
  <section class="card"><h2>${say('clinic.country-paper')}</h2><div class="fields">${country()}${choice('paper', [['', say('clinic.paper-usual')], ['letter', say('make.letter')], ['a4', say('make.a4')]])}
    ${choice('lang', [['', say('clinic.lang-usual')], ['en', say('make.english')], ['es', say('make.spanish')]])}
    ${skin()}
    ${choice('hair', [['', say('clinic.hair-short')], ['long', say('clinic.hair-long')]])}</div></section>
  <section class="card"><h2>${say('clinic.usual')}</h2><div class="fields">${choice('look', [['', say('make.look-any')], ['article', say('make.look-article')], ['rows', say('make.look-rows')], ['pictures', say('make.look-pictures')]])}
    ${choice('edition', [['', say('make.standard')], ['large', say('make.large')], ['bw', say('make.bw')]])}${field('small-print', { hint: say('clinic.small-print-hint') })}</div></section>
  ${services()}
  <div class="do"><p class="quiet">${say('clinic.kept')} <code>${file.file}</code>${say('clinic.notes-stay')}</p><div class="end">${settings.changed() ? html`<button type="button" class="button" id="c-undo" @click=${() => { settings.undo(); draw(); settings.look(draw); tell(say('clinic.undone')); }}>${say('clinic.undo')}</button>` : nothing}<span class="quiet" id="c-why">${n && !elsewhere ? say('clinic.mend', { n }) : Object.keys(mine).length || settings.logo ? say('clinic.unsaved') : say('clinic.saved')}</span><button class="button main" id="c-save" aria-describedby="c-why">${say('clinic.save')}</button></div></div>
  </div>${sheet()}</form>`;
}

function draw() {
  put(view(), $('#at-clinic'));
  document.dispatchEvent(new Event('settings'));
}

async function save() {
  const on = onward();
  await settings.settled();
  if (settings.problem && !settings.elsewhere && mend($('#at-clinic'), on)) return;
  done(await settings.save(), on);
}

function done(well, on) {
  if (well) {
    toast(say('clinic.is-saved'));
    settings.look(draw);
  }
  draw();
  if (!well) mend($('#at-clinic'), on);
}

export function begin() {}
export function render() { draw(); }

export async function enter() {
  const on = onward();
  if (!settings.changed()) {
    try { await settings.read(); } catch { return; }
  }
  draw();
  settings.look(draw);
  on($('#at-clinic h1'));
}
