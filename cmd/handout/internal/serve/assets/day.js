// The day list: its words are words/day.json, its place is #at-day. This is the way in: a file that is dropped, names
// that are typed, days that were made before; what follows is in dayrows.js and daymade.js.
import { made } from './daymade.js';
import { rows, running } from './dayrows.js';
import { ask } from './key.js';
import { known } from './known.js';
import { $, dialog, html, icon, lost, nothing, onward, put, tell, toast, why } from './parts.js';
import { paper, save } from './print.js';
import { bytes, forget, read, remember, today } from './today.js';
import { has, lang, say } from './words.js';

let days = [], gone = false;

// then draws all anew, and goes on to what is to be looked at next.
export function then(where = null, on = onward()) {
  render();
  on(where?.());
}

// called is a day in words.
export const called = (date) => new Date(`${date}T00:00:00Z`).toLocaleDateString(lang, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' });

// trouble is a problem in words.
export function trouble(problem) {
  return lost(problem)?.join('. ') ?? problem.mistakes.filter((m) => m.code !== 'heading').map((m) => (has(`day.refused-${m.code}`) ? say(`day.refused-${m.code}`, { why: why(m) }) : why(m))).join('. ');
}
export const alarm = (problem, head) => html`<div class="fit bad" role="alert">${icon('bad')}<div><b>${head}</b>${trouble(problem)}</div></div>`;

async function learn() {
  try { days = await (await ask('/page/days')).json(); } catch { days = []; }
  if (today.phase === 'drop') render();
}

async function take(file) {
  if (!file) return;
  forget();
  Object.assign(today, { called: file.name, file: await bytes(file) });
  await open();
}
async function open() {
  const on = onward();
  gone = false;
  await read();
  then(() => $(today.problem ? '#day-unread' : '#at-day h1'), on);
}

// typed are names as a person writes them, a visit a line, made a list of.
function typed() {
  const list = $('#names').value.split('\n').map((line) => line.trim()).filter(Boolean).map((line) => {
    const [, time, rest] = line.match(/^(\d{1,2}[:.]\d{2}\s*(?:[ap]m)?)?\s*(.*)$/i), at = rest.lastIndexOf(',');
    const [name, wish] = at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at + 1).trim()];
    const small = wish.toLowerCase(), handout = small && (known.handouts.find((h) => h.id === small) ?? known.handouts.find((h) => h.title.toLowerCase().includes(small)))?.id;
    return { time: (time ?? '').replace('.', ':'), name: name.trim(), handout: handout || wish };
  });
  if (!list.length) return $('#names').focus();
  take(new File([list.map((row) => JSON.stringify(row)).join('\n')], 'typed.jsonl')).then(() => { today.typed = true; render(); });
}

export async function printDay(date) {
  try { paper(await (await ask(`/page/days/${date}/print.pdf`)).blob()); } catch (e) { toast(trouble(e) || say('day.trouble')); }
}
export async function zipDay(date) {
  try { save(await (await ask(`/page/days/${date}/handouts.zip`)).blob(), `handouts-${date}.zip`); } catch (e) { toast(trouble(e) || say('day.trouble')); }
}
export async function showDay(date) {
  try { await ask(`/page/days/${date}/show`, {}); } catch (e) { toast(trouble(e) || say('day.trouble')); }
}

// doom asks before a day's pages are deleted.
export const doom = (date) => dialog(say('day.sure', { day: called(date) }), html`<p>${say('day.sure-hint')}</p><div class="row"><button type="button" class="button main" id="day-sure" @click=${() => remove(date)}>${say('day.sure-yes')}</button><button type="button" class="button" @click=${() => $('#dialog').close()}>${say('day.sure-no')}</button></div>`);
async function remove(date) {
  $('#dialog').close();
  try {
    await ask(`/page/days/${date}`, null, { method: 'DELETE' });
  } catch (e) {
    return toast(trouble(e) || say('day.trouble'));
  }
  if (today.report?.date === date) forget();
  await learn();
  then(() => $('#at-day h1'));
  tell(say('day.deleted'));
  toast(say('day.deleted'));
}
const before = (d) => html`<li class="row"><b>${called(d.date)}</b><span class="quiet">${say('day.here-pages', { n: d.pages })}${d.waiting ? ` · ${say('day.here-waiting', { n: d.waiting })}` : ''}</span>
  ${d.print ? html`<button type="button" class="button small" aria-label="${say('day.do-print')}: ${called(d.date)}" @click=${() => printDay(d.date)}>${say('day.do-print')}</button>` : nothing}
  <button type="button" class="button small" aria-label="${say('day.zip')}: ${called(d.date)}" @click=${() => zipDay(d.date)}>${say('day.zip')}</button>
  <button type="button" class="button plain" aria-label="${say('day.delete')}: ${called(d.date)}" @click=${() => doom(d.date)}>${say('day.delete')}</button></li>`;

const columns = [['name', 'which-name'], ['last name', 'which-last'], ['time', 'which-time'], ['service', 'which-service'], ['handout', 'which-handout']];
function name(e) {
  e.preventDefault();
  const chosen = {};
  for (const select of e.target.querySelectorAll('select')) if (select.value) chosen[select.name] = select.value;
  remember('columns', today.headings.join('\n'), chosen);
  today.columns = chosen;
  open();
}
const which = () => html`<form class="card which" @submit=${name}><p>${say('day.which')}</p><div class="fields">${columns.map(([field, key]) => html`<div><label for="which-${key}">${say(`day.${key}`)}</label><select id="which-${key}" name=${field}><option value="">${say('day.which-none')}</option>${today.headings.map((h) => html`<option value=${h} .selected=${today.columns[field] === h}>${h}</option>`)}</select></div>`)}</div><p><button class="button main">${say('day.which-read')}</button></p></form>`;

const entrance = () => html`<div class="sechead"><h1 tabindex="-1">${say('day.head')}</h1><p class="quiet">${say('day.lead')}</p></div>
  ${gone ? html`<div class="fit warn" role="status">${icon('warn')}<div><b>${say('day.lost')}</b>${say('day.lost-hint')}</div></div>` : nothing}
  ${today.problem ? html`<div id="day-unread" tabindex="-1">${alarm(today.problem, say('day.unread'))}</div>${today.headings.length ? which() : nothing}` : nothing}
  <div class="drop" id="drop">${icon('drop')}<h2>${say('day.drop')}</h2><p class="quiet">${say('day.drop-hint')}</p>
   <div><label for="file" class="hidden">${say('day.file')}</label><input id="file" type="file" class="hidden" tabindex="-1" accept=".csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson" @change=${(e) => { const file = e.target.files[0]; e.target.value = ''; take(file); }}><button type="button" class="button main" id="choose" @click=${() => $('#file').click()}>${say('day.choose')}</button></div><p class="quiet">${say('day.forgets')}</p></div>
  <details><summary>${say('day.type')}</summary><div><label for="names">${say('day.type-label')}</label><textarea id="names" rows="4" autocomplete="off" spellcheck="false" placeholder=${say('day.type-such')}></textarea></div><p class="row"><button type="button" class="button" id="names-read" @click=${typed}>${say('day.type-read')}</button></p></details>
  <details><summary>${say('day.where')}</summary><dl class="facts"><dt lang="en">Jane</dt><dd>${say('day.where-jane')}</dd><dt lang="en">Cliniko</dt><dd>${say('day.where-cliniko')}</dd><dt lang="en">Acuity</dt><dd>${say('day.where-acuity')}</dd></dl></details>
  ${days.length ? html`<section class="card" aria-labelledby="h-here"><h2 id="h-here">${say('day.here')}</h2><ul class="befores">${days.map(before)}</ul><p class="quiet">${say('day.files-hint')}</p></section>` : nothing}`;

export function begin() {
  gone = sessionStorage.getItem('list') === 'open';
  forget();
  for (const name of ['dragover', 'drop']) {
    document.addEventListener(name, (e) => { // a browser would show the file in the place of this page
      e.preventDefault();
      const here = !$('#at-day').hidden && today.phase === 'drop';
      $('#drop')?.classList.toggle('over', here && name === 'dragover');
      if (here && name === 'drop') take(e.dataTransfer.files[0]);
    });
  }
  addEventListener('pagehide', () => { const open = today.phase !== 'drop'; forget(); if (open) sessionStorage.setItem('list', 'open'); render(); });
}

export function render() {
  const phases = { drop: entrance, read: rows, run: running, done: made };
  put(html`<div class="day">${phases[today.phase]()}</div>`, $('#at-day'));
}

export function enter() {
  if (today.phase === 'drop') learn();
  $('#at-day h1').focus();
}
