// The rows of a day's list: what was read, what is ready, and what somebody has to put right, in its place.
import { alarm, called, then } from './day.js';
import { ask } from './key.js';
import { by, known } from './known.js';
import { $, html, icon, nothing, onward, tell, toast, why } from './parts.js';
import { forget, make, read, remember, today } from './today.js';
import { has, say } from './words.js';

const who = (r) => r.patient || say('day.nobody');
const id = (r) => `row-${r.row.replace(/\W+/g, '-')}`;

// mend puts something right in a row, and asks what the row is now.
async function mend(r, what, where) {
  today.mended[r.row] = { ...today.mended[r.row], ...what };
  await again(where ?? (() => $(`#${id(r)}-change`) ?? $('#at-day h1')));
}
async function again(where) {
  const were = states(), on = onward();
  await read();
  then(where, on);
  if (states() !== were) tell(states());
}
const count = (state) => today.list.rows.filter((r) => r.state === state).length;
const states = () => [['ready', 'ready'], ['wrong', 'wrong'], ['out', 'out']].map(([state, key]) => say(`day.${key}`, { n: count(state) })).join(', ');

// reason is why a row is left out.
function reason(r) {
  const same = r.why.match(/^the same as row (.*)$/);
  if (same) return say('day.out-the-same-as-row', { row: same[1] });
  const key = `day.out-${r.why.replaceAll(' ', '-')}`;
  return has(key) ? say(key) : r.why;
}
const mistake = (m) => (has(`day.wrong-${m.code}`) ? say(`day.wrong-${m.code}`) : why(m));
const about = (r, ...codes) => r.errors?.some((m) => codes.includes(m.code));
const inHandout = ['row-without-handout', 'row-handout-unknown'], inStretches = ['row-stretch-unknown', 'row-stretches-unreadable'];
const marked = (r, codes) => r.errors.filter((m) => !codes || codes.includes(m.code)).map((m) => html`<span class="state bad">${icon('bad')}${mistake(m)}</span>`);

/* What is put right. */
const plain = (list) => list.map(({ name, near, ...c }) => c);
const choices = (r, list) => mend(r, { stretches: plain(list) }, () => $(`#${id(r)}-add`) ?? $(`#${id(r)}-change`));

async function give(r, e) {
  const chosen = e.target.value;
  if (chosen === '') return;
  const always = $(`#${id(r)}-always`)?.checked;
  if (always) {
    try {
      await ask('/page/services', { service: r.service, handout: chosen });
      toast(say('day.always-said', r));
    } catch (x) {
      toast(x.mistakes?.map(why).join('. ') || say('day.trouble'));
    }
  }
  await mend(r, chosen === 'none' ? { out: true } : { handout: chosen });
}
const handouts = (now) => known.handouts.map((h) => html`<option value=${h.id} .selected=${h.id === now}>${h.title}</option>`);
const which = (r) => html`<div><label for="${id(r)}-handout">${say('day.handout')}</label><select id="${id(r)}-handout" @change=${(e) => give(r, e)}><option value="" .selected=${!r.title}>${say('day.pick')}</option>${handouts(r.title ? r.handout : '')}<option value="none">${say('day.no-page')}</option></select></div>
  ${r.service && about(r, 'row-without-handout') && known.begun ? html`<label class="check"><input type="checkbox" id="${id(r)}-always" checked><span>${say('day.always', r)} <span class="quiet">${say('day.always-kept')}</span></span></label>` : nothing}`;
const unknown = (r, c, i) => html`<div class="row"><span>${say('day.mean')}</span>${c.near ? html`<button type="button" class="button small" @click=${() => choices(r, r.stretches.map((o, k) => (k === i ? { ...o, id: c.near } : o)))}>${by[c.near]?.name ?? c.near}</button>` : nothing}<button type="button" class="button plain" @click=${() => choices(r, r.stretches.filter((_, k) => k !== i))}>${say('day.leave')}</button></div>`;
const chosen = (r) => html`${r.stretches.map((c, i) => (c.name ? html`<button type="button" class="chip" aria-label=${say('day.take-off', c)} @click=${() => choices(r, r.stretches.filter((_, k) => k !== i))}>${c.name}${icon('off')}</button>` : unknown(r, c, i)))}
  <div><label class="hidden" for="${id(r)}-add">${say('day.add-label')}</label><select id="${id(r)}-add" @change=${(e) => { const added = e.target.value; e.target.value = ''; choices(r, [...r.stretches, { id: added }]); }}><option value="">${say('day.add')}</option>${known.packs.map((p) => html`<option value="@${p.id}">${p.name}</option>`)}${known.stretches.filter((s) => !r.stretches.some((c) => c.id === s.id)).map((s) => html`<option value=${s.id}>${s.name}</option>`)}</select></div>`;
const field = (r, name, type, was) => html`<div><label for="${id(r)}-${name}">${say(`day.${name}`)}</label><input id="${id(r)}-${name}" type=${type} maxlength="120" autocomplete="off" spellcheck="false" .value=${was ?? ''} @change=${(e) => { if (e.target.value) mend(r, { [name]: e.target.value }); }}></div>`;
function fix(r) {
  const open = today.open === r.row;
  return html`<tr class="fix ${r.state === 'wrong' ? 'needs' : ''}"><td colspan="7" data-h=""><fieldset class="row"><legend class="hidden">${say('day.mend', { row: r.row, who: who(r) })}</legend>
   ${open || about(r, 'no-name', 'long-name') ? field(r, 'name', 'text', r.patient) : nothing}
   ${about(r, 'no-date', 'unreadable-date', 'unreadable-time', 'wrong-weekday') ? field(r, 'time', 'time', '') : nothing}
   ${about(r, 'unknown-side') ? html`<div><label for="${id(r)}-side">${say('day.side')}</label><select id="${id(r)}-side" @change=${(e) => mend(r, { side: e.target.value })}><option value="">${say('day.pick')}</option>${['left', 'right', 'both'].map((s) => html`<option value=${s}>${say(`day.side-${s}`)}</option>`)}</select></div>` : nothing}
   ${open || about(r, ...inHandout) ? which(r) : nothing}
   ${open || about(r, ...inStretches) ? chosen(r) : nothing}
   <button type="button" class="button plain" @click=${() => mend(r, { out: true })}>${say('day.leave-row')}</button>
   ${open ? html`<button type="button" class="button small" @click=${() => { today.open = ''; then(() => $(`#${id(r)}-change`)); }}>${say('day.done-row')}</button>` : nothing}</fieldset></td></tr>`;
}

/* The rows. */
function state(r) {
  if (r.state === 'out') {
    return html`<span class="state off">${say('day.is-out', { why: reason(r) })}</span>${today.mended[r.row]?.out ? html`<button type="button" class="button plain" id="${id(r)}-change" @click=${() => { const { out, ...rest } = today.mended[r.row]; today.mended[r.row] = rest; again(() => $(`#${id(r)}-change`)); }}>${say('day.back-on')}</button>` : nothing}`;
  }
  if (r.state === 'wrong') return html`<span class="state bad">${say('day.is-wrong')}</span>`;
  return html`<span class="state">${icon('good')}${say('day.is-ready')}</span><button type="button" class="button plain" id="${id(r)}-change" aria-expanded=${today.open === r.row} aria-label=${say('day.change-row', { who: who(r) })} @click=${() => { today.open = today.open === r.row ? '' : r.row; then(() => $(`#${id(r)}-handout`) ?? $(`#${id(r)}-change`)); }}>${say('day.change')}</button>`;
}
const other = (r) => r.errors?.some((m) => ![...inHandout, ...inStretches].includes(m.code));
const row = (r) => html`<tr class=${r.state === 'wrong' ? 'needs' : r.state === 'out' ? 'gone' : ''}><td data-h="time">${r.time}</td><td data-h="patient">${r.state === 'out' ? r.patient || '–' : html`<b translate="no">${who(r)}</b>`}</td><td data-h="after">${r.service}</td>
   <td data-h="handout">${r.state === 'out' ? nothing : about(r, ...inHandout) ? marked(r, inHandout) : r.title}</td>
   <td data-h="stretches" class="quiet">${r.state === 'out' ? nothing : about(r, ...inStretches) ? marked(r, inStretches) : other(r) ? marked(r, null) : r.state === 'wrong' && !r.stretches.length ? nothing : r.stretches.map((c) => c.name).join(', ') || say('day.none')}</td>
   <td data-h="by">${r.state === 'out' ? nothing : say(r.mail ? 'day.by-mail' : 'day.by-paper')}</td><td data-h="state">${state(r)}</td></tr>${r.state === 'wrong' || r.state === 'ready' && today.open === r.row ? fix(r) : nothing}`;

const statuses = () => today.list.statuses.map((s) => (s.word === '' ? html`<p class="quiet">${say('day.status-odd', { n: s.rows })}</p>` : html`<div class="card row"><label for="status-${s.word}">${say('day.status', { word: s.word, n: s.rows })}</label><select id="status-${s.word}" @change=${(e) => { if (e.target.value) { remember('statuses', s.word, e.target.value); again(() => $('#at-day h1')); } }}><option value="">${say('day.means')}</option>${['came', 'cancelled', 'no-show', 'rescheduled', 'not booked'].map((m) => html`<option value=${m}>${say(`day.means-${m.replace(' ', '-')}`)}</option>`)}</select></div>`));
const origin = () => (today.typed || today.list.system === 'our own' ? say('day.from-own') : today.list.system === 'another system' ? say('day.from-another') : say('day.from', today.list));
const whatRead = (l) => html`<details><summary>${say('day.read')}</summary><dl class="facts">${l.columns.length ? html`<dt>${say('day.read-columns')}</dt><dd>${l.columns.map((c) => `${c.heading} → ${c.field}`).join(', ')}</dd>` : nothing}${l.ignored.length ? html`<dt>${say('day.read-ignored')}</dt><dd>${l.ignored.join(', ')}</dd>` : nothing}${l.notes.length ? html`<dt>${say('day.read-notes')}</dt><dd>${l.notes.join('; ')}</dd>` : nothing}</dl></details>`;

export function rows() {
  const l = today.list, ready = count('ready'), wrong = count('wrong'), mails = l.rows.filter((r) => r.mail && r.state === 'ready').length;
  const lacking = l.rows.filter((r) => about(r, 'row-without-handout')).length;
  return html`<div class="sechead"><h1 tabindex="-1" class="date">${called(l.date)}</h1><p class="quiet">${origin()} · ${today.typed ? say('day.typed') : today.called} · <button type="button" class="button plain" @click=${() => { forget(); then(() => $('#choose')); }}>${say('day.other')}</button></p></div>
  ${today.problem ? alarm(today.problem, say('day.trouble')) : nothing}
  ${today.stopped ? html`<div class="fit warn" role="status">${icon('warn')}<div><b>${say('day.stopped')}</b></div></div>` : nothing}
  ${l.rows.length ? nothing : html`<p>${say('day.note-no-visits')}</p>`}
  <div class="sums" role="status"><p class="sum good">${bold('day.ready', ready)}</p>${wrong ? html`<p class="sum bad">${bold('day.wrong', wrong)}</p>` : nothing}<p class="sum">${bold('day.out', count('out'))}</p>
  ${l.days.length > 1 ? html`<div class="row"><label for="which-day">${say('day.day')}</label><select id="which-day" @change=${(e) => { today.date = e.target.value; again(() => $('#which-day')); }}>${l.days.map((d) => html`<option value=${d} .selected=${d === l.date}>${called(d)}</option>`)}</select></div>` : nothing}
  ${lacking > 1 || today.handout ? html`<div class="row"><label for="for-all">${say('day.all')}</label><select id="for-all" @change=${(e) => { today.handout = e.target.value; again(() => $('#for-all')); }}><option value="">${say('day.pick')}</option>${handouts(today.handout)}</select></div>` : nothing}</div>
  ${statuses()}
  <div class="tablewrap" tabindex="0" role="region" aria-label=${say('day.table')}><table><caption class="hidden">${say('day.caption', { day: called(l.date) })}</caption><thead><tr>${['time', 'patient', 'after', 'handout', 'stretches', 'by'].map((h) => html`<th scope="col">${say(`day.h-${h}`)}</th>`)}<th scope="col"><span class="hidden">${say('day.h-state')}</span></th></tr></thead><tbody>${l.rows.map(row)}</tbody></table></div>
  ${whatRead(l)}
  <div class="do"><label class="check"><input type="checkbox" .checked=${today.print} @change=${(e) => { today.print = e.target.checked; }}><span>${say('day.print')}</span></label>
   ${mails ? html`<label class="check"><input type="checkbox" id="mails" .checked=${today.mail} @change=${(e) => { today.mail = e.target.checked; then(() => $('#mails')); }}><span>${say('day.mail', { n: mails })} <span class="quiet">${say('day.mail-agreed')}</span></span></label>${today.mail ? html`<div class="row"><label for="lock">${say('day.lock')}</label><select id="lock" @change=${(e) => { today.lock = e.target.value; }}>${['none', 'birthdate', 'column', 'random'].map((k) => html`<option value=${k} .selected=${today.lock === k}>${say(`day.lock-${k}`)}</option>`)}</select></div>` : nothing}` : html`<p class="quiet">${say('day.mail-none')}</p>`}
   <div class="end">${wrong ? html`<p class="quiet">${say('day.wait', { n: wrong })}</p>` : nothing}<button type="button" class="button main" id="go" aria-disabled=${!ready} @click=${go}>${ready ? say('day.go', { n: ready }) : say('day.go-none')}</button></div></div>`;
}
function bold(key, n) {
  const [head, ...rest] = say(key, { n }).split(' ');
  return html`<b>${head}</b> ${rest.join(' ')}`;
}

/* The making. */
let done = 0, of = 0, told = 0;
async function go() {
  if (!count('ready')) return ($('.fix select, .fix input, .fix button') ?? $('#at-day h1')).focus();
  Object.assign(today, { phase: 'run', open: '' });
  [done, of, told] = [0, count('ready') + count('wrong'), 0];
  then(() => $('#at-day h1'));
  const on = onward();
  await make((d, n) => {
    [done, of] = [d, n];
    if (Date.now() - told > 200) { told = Date.now(); then(); }
  });
  then(() => $(today.problem ? '#at-day .fit.bad' : '#at-day h1') ?? $('#at-day h1'), on);
}
export const running = () => html`<h1 tabindex="-1">${say('day.making', { n: of })}</h1><section class="card"><label for="progress">${say('day.of', { done, of })}</label><progress id="progress" max=${of || 1} value=${done}></progress><p class="quiet" role="status">${say('day.making-hint')}</p><p class="row"><button type="button" class="button" id="stop" @click=${() => today.stop.abort()}>${say('day.stop')}</button></p></section>`;
