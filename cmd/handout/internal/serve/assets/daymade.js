// A day that was made: what to look at first, then print, mail, files, what became of each row.
import { alarm, called, doom, printDay, showDay, then, trouble, zipDay } from './day.js';
import { ask, Problem } from './key.js';
import { known } from './known.js';
import { $, html, icon, nothing, onward } from './parts.js';
import { lines, today } from './today.js';
import { has, say } from './words.js';

// seen is a line of the report beside its row.
function seen() {
  const of = Object.fromEntries(today.report.rows.map((l) => [l.place, l]));
  let page = 0;
  return today.list.rows.filter((r) => of[r.row]).map((r) => {
    const line = of[r.row], there = line.state === 'made' || line.state === 'kept';
    return { ...line, time: r.time ?? '', who: r.patient || say('day.nobody'), page: there ? ++page : 0, there };
  });
}
const small = (all) => all.filter((l) => l.there && l.type_size < 12);
const wrong = (l) => (has(`day.wrong-${l.mistake}`) ? say(`day.wrong-${l.mistake}`) : l.what ?? '');

const first = (all) => {
  const look = small(all), failed = all.filter((l) => l.state === 'failed');
  return html`${today.report.stopped ? html`<div class="fit warn">${icon('warn')}<div><b>${say('day.stopped')}</b></div></div>` : nothing}
  ${look.length ? html`<div class="fit warn">${icon('warn')}<div><b>${say('day.look', { n: look.length })}</b><ul>${look.map((l) => html`<li>${say('day.look-small', { ...l, size: l.type_size })}</li>`)}</ul></div></div>` : nothing}
  ${failed.length ? html`<div class="fit bad">${icon('bad')}<div><b>${say('day.failed', { n: failed.length })}</b><ul>${failed.map((l) => html`<li>${say('day.failed-row', { ...l, what: wrong(l) })}</li>`)}</ul><div class="row"><button type="button" class="button small" id="back" @click=${back}>${say('day.mend-them')}</button></div></div></div>` : nothing}`;
};
function back() { Object.assign(today, { phase: 'read', report: null }); then(() => $('#at-day h1')); }

const notes = () => today.report.notes.filter((n) => has(`day.note-${n.kind}`)).map((n) => html`<li>${say(`day.note-${n.kind}`, { n: n.n ?? 0, words: (n.words ?? []).join(', ') })}</li>`);

/* The outbox. */
let sending = '', wantsPassword = false;
async function look() {
  const on = onward();
  try { today.box = await (await ask(`/page/days/${today.report.date}/outbox`)).json(); } catch (e) { today.boxProblem = e; }
  then(() => $('#box-h'), on);
}
async function decide(m, what) {
  const on = onward();
  try {
    today.box = await (await ask(`/page/days/${today.report.date}/outbox`, { code: m.code, do: what })).json();
    today.boxProblem = null;
  } catch (e) { today.boxProblem = e; }
  then(() => $('#box-h'), on);
}
async function send() {
  const waiting = today.box.messages.filter((m) => m.fate === 'waiting').length, typed = $('#smtp')?.value;
  let sent = 0;
  today.boxProblem = null;
  sending = say('day.box-sending', { done: 0, of: waiting });
  then(() => $('#box-h'));
  const on = onward();
  try {
    await lines(await ask(`/page/days/${today.report.date}/sent`, typed ? { smtp_password: typed } : {}), (line) => {
      if (line.problem) throw new Problem(line.problem.status, line.problem);
      if (line.outbox) { today.box = line.outbox; return; }
      if (line.messages) { today.box = line; return; }
      const m = today.box.messages.find((one) => one.code === line.code);
      if (m) Object.assign(m, line);
      sending = say('day.box-sending', { done: ++sent, of: waiting });
      then();
    });
    wantsPassword = false;
  } catch (e) {
    wantsPassword = e.mistakes?.some((m) => m.code === 'smtp-password-missing') ?? false;
    if (!wantsPassword) today.boxProblem = e instanceof Problem ? e : new Problem(0, {});
  }
  sending = '';
  then(() => $('#smtp') ?? $('#box-h'), on);
}
const ways = { waiting: ['withdraw'], failed: ['again', 'settle'], unknown: ['again', 'settle'] };
function message(m, all) {
  const l = all.find((one) => one.code === m.code), who = l ? `${l.time} ${l.who}` : say('day.box-row', m);
  return html`<li class="row"><span translate="no">${who}</span><span class="state ${m.fate === 'sent' ? '' : m.fate === 'waiting' ? 'off' : 'bad'}">${say(`day.fate-${m.fate}`)}${m.reply ? ` (${m.reply})` : ''}</span>${(ways[m.fate] ?? []).map((w) => html`<button type="button" class="button small" aria-label=${say('day.do-what', { what: say(`day.do-${w}`), who })} @click=${() => decide(m, w)}>${say(`day.do-${w}`)}</button>`)}</li>`;
}
const command = (folder) => `handout send "${folder}/outbox" --smtp …`;
function box(all) {
  const b = today.box, waiting = b.messages.filter((m) => m.fate === 'waiting').length;
  return html`<section class="card outbox" aria-labelledby="box-h"><h2 id="box-h" tabindex="-1">${say('day.box', { day: called(today.report.date) })}</h2>
   ${today.boxProblem ? alarm(today.boxProblem, say('day.trouble')) : nothing}
   ${b.messages.length ? html`<ul class="befores">${b.messages.map((m) => message(m, all))}</ul>` : html`<p>${say('day.email-none')}</p>`}
   ${waiting === 0 ? nothing : b.unfinished ? html`<p>${say('day.box-unfinished')}</p>` : !b.server ? html`<p>${say('day.box-none')}</p><p><code translate="no">${command(today.report.folder)}</code></p>` : html`<p class="quiet">${say('day.box-server', b)}</p>
    ${wantsPassword ? html`<div><label for="smtp">${say('day.box-password')}</label><input id="smtp" type="password" autocomplete="off" aria-describedby="smtp-h"><p class="hint" id="smtp-h">${say('day.box-password-hint')}</p></div>` : nothing}
    <p class="row"><button type="button" class="button main" id="send" aria-disabled=${Boolean(sending)} @click=${() => { if (!sending) send(); }}>${say('day.box-send', { n: waiting })}</button><span role="status">${sending}</span></p>`}
   <p class="row"><button type="button" class="button plain" @click=${() => { today.box = null; then(() => $('#box-look')); }}>${say('day.box-close')}</button></p></section>`;
}

const became = (all) => html`<details id="became"><summary>${say('day.became')}</summary><div class="tablewrap" tabindex="0" role="region" aria-label=${say('day.became-table')}><table><thead><tr>${['row', 'patient', 'became', 'file', 'what'].map((h) => html`<th scope="col">${say(`day.h-${h}`)}</th>`)}</tr></thead><tbody>${all.map((l) => html`<tr><td data-h="time">${l.place}</td><td data-h="patient" translate="no">${l.who}</td><td data-h="state">${say(`day.state-${l.state.replace(' ', '-')}`)}</td><td data-h="handout" class="quiet">${l.file ?? ''}</td><td data-h="stretches" class="quiet">${l.state === 'failed' ? wrong(l) : l.state === 'left out' ? l.what : (l.cut ?? []).join('; ')}</td></tr>`)}</tbody></table></div></details>`;

export function made() {
  const r = today.report, all = seen(), n = r.made + r.kept, waiting = today.box ? today.box.messages.filter((m) => m.fate === 'waiting').length : r.messages.new ?? 0;
  const said = notes();
  return html`<div class="sechead"><h1 tabindex="-1">${n ? say('day.done', { n }) : say('day.done-none')}</h1><p class="quiet">${say('day.done-out', { day: called(r.date), n: r.left_out })}</p></div>
  ${first(all)}
  ${said.length ? html`<ul class="notes quiet">${said}</ul>` : nothing}
  <div class="results"><section class="card result"><h2>${icon('print')} ${say('day.print-all')}</h2>${r.printed ? html`<p>${say('day.print-n', { n: r.printed })}</p><button type="button" class="button main" id="print-day" @click=${() => printDay(r.date)}>${say('day.do-print')}</button>` : html`<p>${say('day.print-not')}</p>`}</section>
   <section class="card result"><h2>${icon('mail')} ${say('day.email')}</h2>${today.box || r.messages.new || r.messages.failed || r.messages.sending || r.messages.sent ? html`<p>${waiting ? say('day.email-wait', { n: waiting }) : say('day.email-none')}</p><button type="button" class="button" id="box-look" @click=${look}>${say('day.email-look')}</button>` : html`<p>${say('day.email-none')}</p>`}</section>
   <section class="card result"><h2>${icon('folder')} ${say('day.files')}</h2><p>${say('day.files-hint')}</p><p class="quiet"><code translate="no">${r.folder}</code></p><div class="row">${known.shows ? html`<button type="button" class="button" id="show-day" @click=${() => showDay(r.date)}>${say('day.show')}</button>` : nothing}<button type="button" class="button" id="zip-day" @click=${() => zipDay(r.date)}>${icon('save')}${say('day.zip')}</button></div></section></div>
  ${today.box ? box(all) : nothing}
  ${became(all)}
  <p class="row"><button type="button" class="button plain" id="delete-day" @click=${() => doom(r.date)}>${say('day.delete')}</button>${all.some((l) => l.state === 'failed') ? nothing : html`<button type="button" class="button plain" id="back" @click=${back}>${say('day.mend-them')}</button>`}</p>`;
}
