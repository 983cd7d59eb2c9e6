// Make: the form left, the page right. All there is to know is one object, the order, as the interface takes it;
// forms write into it, render reads it.
import { Problem, ask } from './key.js';
import { Finder } from './finder.js';
import { by, known, learn, pictures } from './known.js';
import { save as savePack } from './packname.js';
import { letter } from './mail.js';
import { $, $$, html, icon, lost, nothing, onward, put as draw, sentence, tell, toast, why } from './parts.js';
import { Preview } from './preview.js';
import { paper, save } from './print.js';
import { bytes } from './today.js';
import { lang, say } from './words.js';

const mac = /^(Mac|iP)/.test(navigator.platform);

const remembered = ['handout', 'look', 'edition', 'paper', 'lang', 'punch']; // nothing of a patient
const fields = ['patient', 'next_visit', 'therapist', 'note'];
const amounts = { hold: [0, 300, 5], breaths: [1, 20, 1], reps: [1, 50, 1], sets: [1, 10, 1], per_day: [1, 12, 1], days: [1, 7, 1] }; // from, to, by

const order = {};             // what is asked for; its stretches are objects
let own = true;               // the handout's own stretches are on
let open = -1;                // the stretch whose dose is being changed
let shown = null, problem = null, focusAfter = null;
const finder = new Finder('', () => render()), preview = new Preview();
let back = null;              // puts back what was taken off last; Ctrl+Z does
let mine = null;              // a handout of one's own: its file's name and text

const handout = () => known.handouts.find((h) => h.id === order.handout);

// asked is where a page is asked for, and what: one of one's own is sent with its text.
const asked = (path) => {
  const order = request();
  if (!mine) return [path, order];
  delete order.handout;
  return ['/page/own', { ...mine, order }];
};

// request is the order without what is not said.
function request() {
  const r = { ...order };
  for (const [name, value] of Object.entries(r)) if (value === '' || value === false || value === undefined) delete r[name];
  if (own) delete r.stretches; else r.stretches = order.stretches.map((c) => Object.fromEntries(Object.entries(c).filter(([, v]) => v !== '' && v !== undefined)));
  return r;
}

// changed draws all anew, and asks for the page.
function changed(wait = 0) {
  back = null;
  for (const name of remembered) localStorage.setItem(name, JSON.stringify(order[name] === known[name] ? '' : order[name] ?? '')); // what is the clinic's own follows it
  render();
  preview.ask(...asked('/page/preview'), (answer, wrong) => {
    shown = answer ?? shown;
    problem = wrong;
    if (answer && own) order.stretches = answer.fit.stretches.map((s) => ({ id: s.id }));
    if (answer) sheet();
    render();
  }, wait);
}

/* A handout of one's own: its file is read and shown, with what is wrong in it, and is nobody's but who dropped it. */
async function drops(file) {
  if (!file) return;
  if (file.size > 10 << 20) return toast(say('make.mine-not', { name: file.name }));
  const on = onward();
  mine = { name: file.name, ...await contents(file) };
  own = true;
  shown = null;
  preview.forget(); // it is another handout's
  changed();
  on($('#mine-text') ?? $('#mine .mine'));
}
// contents are the words of a file of plain text, which can be changed here; a document and a text of old are their bytes.
async function contents(file) {
  if (file.size <= 96 << 10) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
      if (!text.includes('\0')) return { text };
    } catch { /* it is none */ }
  }
  return { file: await bytes(file) };
}
// inMine tells a mistake in the file: on a line, or of all of it.
const inMine = (m) => mine && (line(m) !== null || (m.pointer === '' && problem.kind === 'invalid'));
const line = (m) => (m.pointer.startsWith('/text/') ? Number(m.pointer.slice(6)) : null);
function goLine(n) {
  const at = $('#mine-text'), before = at.value.split('\n').slice(0, n).join('\n').length + (n ? 1 : 0);
  at.focus();
  at.setSelectionRange(before, before + (at.value.split('\n')[n]?.length ?? 0));
  at.scrollTop = Math.max(0, (n - 3) * parseFloat(getComputedStyle(at).lineHeight));
}
async function keepMine() {
  const on = onward(), kept = mine, { text } = mine;
  try {
    const { id } = await (await ask('/page/handouts', mine)).json();
    if (mine === kept && mine.text === text) mine = null; // what was typed meanwhile is not kept yet
    order.handout = id;
    await learn();
    toast(say('make.mine-kept', { name: handout()?.title ?? id }));
    changed();
    on($('[name=handout]:checked'));
  } catch (e) {
    toast(e.mistakes?.map(why).join(' ') || say('frame.gone'));
  }
}
function leave() { mine = null; own = true; shown = null; focusAfter = () => $('[name=handout]:checked'); changed(); }
const ownFile = () => {
  const list = mine ? problem?.mistakes.filter(inMine) ?? [] : [], typed = mine && 'text' in mine, paragraphs = /\.docx$/i.test(mine?.name);
  const at = (m) => (line(m) === null ? nothing : typed ? html`<button type="button" class="button plain" @click=${() => goLine(line(m))}>${say('make.mine-line', { n: line(m) + 1 })}</button>` : html`${say(paragraphs ? 'make.mine-paragraph' : 'make.mine-line', { n: line(m) + 1 })}:`);
  return html`<div class="row"><label class="button small" for="mine-file">${icon('file')}${say('make.mine')}</label><input id="mine-file" type="file" class="hidden" accept=".md,.markdown,.txt,.text,.docx,text/plain,text/markdown" aria-describedby="mine-h" @change=${(e) => { drops(e.target.files[0]); e.target.value = ''; }}><span class="quiet" id="mine-h">${say('make.mine-hint')}</span></div>
    ${mine ? html`<div class="mine" tabindex="-1">${typed ? html`<label for="mine-text">${mine.name}</label><textarea id="mine-text" rows="12" spellcheck="false" autocomplete="off" aria-invalid=${list.length ? 'true' : nothing} aria-describedby="mine-w" .value=${mine.text} @input=${(e) => { mine.text = e.target.value; changed(250); }}></textarea>` : html`<p><b>${mine.name}</b> <span class="quiet">${say('make.mine-elsewhere')}</span></p>`}
      <ul class="wrong" id="mine-w">${list.map((m) => html`<li>${at(m)} ${why(m)}</li>`)}</ul>
      <div class="row"><button type="button" class="button small here" aria-disabled=${Boolean(problem)} @click=${() => (problem ? ($('#mine-w button') ?? $('#mine-text') ?? $('#mine .mine')).focus() : keepMine())}>${say('make.mine-keep')}</button><button type="button" class="button plain" @click=${leave}>${say('make.mine-off')}</button></div></div>` : nothing}`;
};

/* The stretches. */
function take(stretches) { own = false; order.stretches = stretches; open = -1; }

// use has the stretches of a pack on the page, and put one more.
export function use(pack) {
  take(pack.stretches.filter((c) => by[c.id]).map((c) => ({ ...c })));
  tell(say('make.pack-on', pack));
  changed();
}
export function put(id) { if (!order.stretches.some((c) => c.id === id)) toggle(id); }

function toggle(id) {
  const at = order.stretches.findIndex((c) => c.id === id);
  take(at < 0 ? [...order.stretches, { id }] : order.stretches.filter((c) => c.id !== id));
  tell(at < 0 ? say('make.is-on', { name: by[id].name, n: order.stretches.length }) : say('make.is-off', { name: by[id].name }));
  changed();
}
function move(i, by_) {
  const list = [...order.stretches];
  [list[i], list[i + by_]] = [list[i + by_], list[i]];
  take(list);
  tell(say('make.is-now', { name: by[list[i + by_].id].name, n: i + by_ + 1 }));
  focusAfter = () => $(`#chosen li:nth-child(${i + by_ + 1}) [data-move="${by_}"]:not([disabled])`) ?? $(`#chosen li:nth-child(${i + by_ + 1}) .dose`);
  changed();
}
function drop(i) {
  const name = by[order.stretches[i].id].name, before = order.stretches, was = own;
  take(before.filter((_, k) => k !== i));
  focusAfter = () => $(`#chosen li:nth-child(${Math.min(i + 1, order.stretches.length)}) .dose`) ?? $('#q');
  const put = () => { take(before); own = was; focusAfter = () => $(`#chosen li:nth-child(${i + 1}) .dose`); tell(say('make.is-on', { name, n: i + 1 })); changed(); };
  toast(say('make.off-toast', { name }), say('make.back'), put);
  changed();
  back = put;
}
function setAmount(i, key, value) {
  const [low, high] = amounts[key], c = { ...order.stretches[i] };
  const [from, to] = String(value).split(/[-–]/).map((n) => Math.min(high, Math.max(low, parseInt(n, 10) || low)));
  c[key] = key === 'reps' && to > from ? `${from}-${to}` : from;
  if (key === 'hold') delete c.breaths;
  if (key === 'breaths') delete c.hold;
  change(i, c);
}
function change(i, c) {
  own = false;
  order.stretches = order.stretches.map((old, k) => (k === i ? c : old));
  changed(60);
}

// stepped is an amount, or a range of them, as much more.
const stepped = (now, by) => String(now).split(/[-–]/).map((n) => Math.max(0, Number(n) + by)).join('-');
const amount = (c, i, key) => {
  const [low, high, step] = amounts[key], label = say(`make.${key}`), now = c[key] ?? by[c.id].amount[key] ?? low;
  return html`<div><label for="e-${key}">${label}</label><span class="stepper"><button type="button" class="button" aria-label=${say('make.less', { what: label })} @click=${() => setAmount(i, key, stepped(now, -step))}>−</button><input id="e-${key}" inputmode="numeric" .value=${String(now)} @change=${(e) => setAmount(i, key, e.target.value.trim())}><button type="button" class="button" aria-label=${say('make.greater', { what: label })} @click=${() => setAmount(i, key, stepped(now, step))}>+</button></span></div>`;
};
const editor = (c, i) => {
  const s = by[c.id], keys = [s.amount.breaths && c.hold === undefined ? 'breaths' : 'hold', 'reps', 'sets', 'per_day', 'days'], side = c.side ?? s.amount.side;
  return html`<div class="editor" id="editor"><div class="nums">${keys.map((key) => amount(c, i, key))}</div>
    ${s.amount.side === 'both' ? nothing : html`<fieldset><legend class="label">${say('make.which-side')}</legend><div class="seg">${['each', 'left', 'right', 'sore'].map((v) => html`<label><input type="radio" name="e-side" .checked=${side === v} @change=${() => change(i, { ...c, side: v })}><span>${say(`make.${v}`)}</span></label>`)}</div></fieldset>`}
    <div><label for="e-note">${say('make.words')}</label><input id="e-note" maxlength="200" autocomplete="off" spellcheck="false" placeholder=${say('make.words-such')} .value=${c.note ?? ''} @input=${(e) => change(i, { ...c, note: e.target.value })}></div>
    <div class="row"><button type="button" class="button small" @click=${() => { open = -1; focusAfter = () => $(`#chosen li:nth-child(${i + 1}) .dose`); render(); }}>${say('make.done')}</button><button type="button" class="button plain" @click=${() => change(i, { id: c.id })}>${say('make.as-library')}</button></div></div>`;
};
// The dose is the page's own sentence, once there is a page with it.
const dose = (c) => shown?.fit.stretches.find((s) => s.id === c.id)?.dose ?? by[c.id].dose;
const row = (c, i) => {
  const s = by[c.id];
  return html`<li><div class="line"><span class="n" aria-hidden="true">${i + 1}</span><span class="thumb">${pictures(s)}</span><div><h3>${s.name}</h3><button type="button" class="dose" aria-expanded=${open === i} @click=${() => { open = open === i ? -1 : i; focusAfter = () => $('#editor input') ?? $(`#chosen li:nth-child(${i + 1}) .dose`); render(); }}><span class="hidden">${say('make.dose-of', s)}</span>${dose(c)}</button></div>
    <div class="acts"><button type="button" class="button icon" data-move="-1" aria-label=${say('make.up', s)} ?disabled=${i === 0} @click=${() => move(i, -1)}>${icon('up')}</button><button type="button" class="button icon" data-move="1" aria-label=${say('make.down', s)} ?disabled=${i === order.stretches.length - 1} @click=${() => move(i, 1)}>${icon('down')}</button><button type="button" class="button icon" aria-label=${say('make.off', s)} @click=${() => drop(i)}>${icon('off')}</button></div></div>
    ${open === i ? editor(c, i) : nothing}</li>`;
};

const tile = (s) => {
  const n = order.stretches.findIndex((c) => c.id === s.id);
  return html`<button type="button" class="tile" aria-pressed=${n >= 0} @click=${() => toggle(s.id)}><span class="pic">${pictures(s)}</span><span class="words"><b>${s.name}</b><span class="quiet">${s.target}</span></span><span class="tick" aria-hidden="true">${n >= 0 ? n + 1 : '+'}</span></button>`;
};

/* The fit, in words. A page of rows is one of stretches, on which the article has what room there is: that is told, and
   alarms nobody. */
// cut is what was let go: as it is told, or in another language by its kind.
const cut = (c) => (lang === 'en' ? c.says : say(`make.cut-${c.kind}`, { part: c.part || say('make.cut-part') }));
function fit() {
  if (problem) {
    const [head, hint] = lost(problem) ?? [];
    if (head) return ['bad', head, [hint], [], false];
    const long = problem.kind === 'too-long', general = problem.mistakes.filter((m) => !field(m) && !inMine(m));
    const over = problem.mistakes[0]?.over;
    if (long && over) return ['bad', say('make.too-long-by', { n: over.lines }), [say('make.tallest', { parts: over.tallest.map(height).join(', ') })], [], true];
    return ['bad', say(long ? 'make.too-long' : 'make.no-page'), general.map((m) => `${long ? sentence(m.detail) : why(m)}.`), [], long || general.some((m) => /^(\/order)?\/stretches$/.test(m.pointer))];
  }
  if (!shown) return ['', say('make.comes'), [], [], false];
  const f = shown.fit, notes = f.notes.map((line) => `${sentence(line)}.`), gone = f.cuts.filter((c) => c.kind === 'left_out'), pt = f.type_size;
  const left = gone.map((c) => `${sentence(cut(c))}.`), minded = f.cuts.some((c) => c.kind === 'steps_shortened' || (c.kind === 'left_out' && f.look === 'article'));
  if (pt < 12 || minded) return ['warn', say('make.tight', { pt }), [...(pt < 12 ? [say('make.small')] : []), ...(order.stretches.length > 4 ? [say('make.many')] : []), ...left, ...notes], f.cuts, true];
  return ['', say('make.fits', { pt }), [...(order.patient ? [] : [say('make.no-name')]), ...left, ...notes], f.cuts, false];
}
// height is how tall a part is, or parts side by side.
const height = ({ of, lines }) => say('make.lines', { part: of.map((one) => one.name || say(`make.part-${one.part.replace(' ', '-')}`)).join(say('make.and')), n: lines });
// tried is what would make a page of what is too long: it was tried.
function tried() {
  const [[member, value] = []] = Object.entries(problem?.mistakes[0]?.over?.try ?? {});
  if (!member || member === 'stretches') return nothing;
  const go = () => { order[member] = value; for (const b of $$(`[name=${member}]`)) b.checked = b.value === value; focusAfter = () => $('#fit button') ?? $('#print'); changed(); };
  return html`<button type="button" class="button small" @click=${go}>${say(`make.try-${member}`, { to: say(member === 'look' ? `make.look-${value}` : `make.${value}`) })}</button>`;
}
const offers = () => html`${tried()}${takeOff()}`;
const takeOff = () => order.stretches.slice(-2).reverse().map((c) => html`<button type="button" class="button small" @click=${() => { take(order.stretches.filter((o) => o.id !== c.id)); focusAfter = () => $('#fit button') ?? $('#print'); changed(); }}>${say('make.take-off', by[c.id])}</button>`);

// miniature is what a look is like.
const miniatures = { '': 'M9 20l-4 0 0-4M25 20l4 0 0-4M9 30l-4 0 0 4M25 30l4 0 0 4M5 20l7-5M29 20l-7-5M5 30l7 5M29 30l-7 5', article: 'M5 12h10M5 15.5h10M5 19h8M19 12h10M19 15.5h10M19 19h8M5 25h8v8H5zM17 26h12M17 29.500h9', rows: 'M5 11h8v7H5zM17 12h12M17 15.500h9M5 21h8v7H5zM17 22h12M17 25.500h9M5 31h8v7H5zM17 32h12M17 35.500h9', pictures: 'M5 11h10v10H5zM19 11h10v10H19zM5 24h24M5 27h10v10H5zM19 27h10v10H19z' };
const miniature = (look) => html`<svg class="look" viewBox="0 0 34 44" aria-hidden="true"><path d="M1 1h32v42H1zM5 6.500h14"></path><path d=${miniatures[look] ?? ''}></path></svg>`;

// field is the form's field that a mistake is about, if there is one.
const field = (m) => { const name = m.pointer.replace(/^\/order/, '').split('/')[1]; return fields.includes(name) || name === 'date' ? name : null; };
function mark() {
  for (const name of [...fields, 'date']) {
    const m = problem?.mistakes.find((one) => field(one) === name), at = $(`#${name}`), says = $(`#${name}-w`);
    at.toggleAttribute('aria-invalid', Boolean(m));
    if (m) at.setAttribute('aria-invalid', 'true');
    says.hidden = !m;
    says.textContent = m ? why(m) : '';
    if (m) at.closest('details')?.setAttribute('open', '');
  }
}

/* The sheet: a click on a part goes to its field. */
const places = { name: () => $('#patient'), note: () => { $('#more').open = true; return $('#note'); }, title: () => $('[name=handout]:checked') };
function sheet() {
  if ($('#sheet svg') !== shown.drawing) $('#sheet').prepend(shown.drawing);
  small();
  $('#sheet').style.aspectRatio = `${shown.size[0]} / ${shown.size[1]}`;
}
// small is the sheet in the bar, where the sheet itself stands below all else.
const narrow = matchMedia('(max-width: 900px)');
function small() { if (shown && narrow.matches) $('#mini').replaceChildren($('#sheet svg').cloneNode(true)); }
function under(e) {
  if (!shown) return null;
  const r = $('#sheet').getBoundingClientRect(), scale = shown.size[0] / r.width, x = (e.clientX - r.left) * scale, y = (e.clientY - r.top) * scale;
  const hit = shown.parts.filter(({ part, box: [l, t, w, h] }) => goal(part) && x >= l - 3 && x <= l + w + 3 && y >= t - 3 && y <= t + h + 3);
  return hit.sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3])[0] ?? null;
}
function goal(part) {
  const [kind, n] = part.split('/');
  if (kind === 'stretch') {
    const c = order.stretches[n - 1];
    return c && { label: say('make.go-stretch', by[c.id]), go() { open = n - 1; focusAfter = () => $('#editor input'); render(); } };
  }
  return places[kind] && { label: say(`make.go-${kind}`), go: () => places[kind]()?.focus() };
}
const hot = document.createElement('div');
hot.className = 'hot';
hot.hidden = true;
hot.append(document.createElement('span'));

export function render() {
  $('#therapist').placeholder = known.therapist;
  $('#filter-handouts').hidden = known.handouts.length <= 6;
  draw(known.handouts.filter((h) => h.title.toLowerCase().includes($('#find-handout').value.toLowerCase())).map((h) => html`<label class="pick"><input type="radio" name="handout" .checked=${!mine && h.id === order.handout} @change=${() => { order.handout = h.id; mine = null; own = true; open = -1; changed(); }}><span title=${h.summary}><b>${h.title}</b><span class="quiet">${h.summary}</span></span></label>`), $('#handouts'));
  draw(html`<span class="quiet" id="h-packs">${say('make.start')}</span><button type="button" class="chip" aria-pressed=${own} @click=${() => { own = true; open = -1; changed(); }}>${say('make.own')}</button>${known.packs.map((p) => html`<button type="button" class="chip" @click=${() => use(p)}>${icon('star')}${p.name}</button>`)}`, $('#packs'));
  draw(ownFile(), $('#mine'));
  draw(order.stretches.map(row), $('#chosen'));
  $('#save-pack').hidden = !order.stretches.length;
  $('#more-sum').textContent = say('make.more-sum', { date: order.date === today() ? say('make.today') : order.date ?? '', therapist: order.therapist || known.therapist }).replace(/( · )+$/, '');
  $('#count').textContent = order.stretches.length ? say('make.count', { n: order.stretches.length }) : say('make.count-none');
  draw(finder.view(), $('#finder'));
  draw(finder.list().map(tile), $('#grid'));
  draw(['', ...known.looks].map((id) => html`<label class="pick"><input type="radio" name="look" .checked=${id === (order.look ?? '')} @change=${() => { order.look = id; changed(); }}><span>${miniature(id)}<span><b>${say(`make.look-${id || 'any'}`)}</b><span class="quiet">${say(`make.look-${id || 'any'}-hint`)}</span></span></span></label>`), $('#looks'));
  const [face, head, body, cuts, offer] = fit();
  $('#fit').className = `fit ${face}`;
  draw(html`${icon(face || 'good')}<div><b>${head}</b>${body.map((line) => html`<span>${line} </span>`)}${cuts.length ? html`<details><summary>${say('make.cut', { n: cuts.length })}</summary><ul>${cuts.map((c) => html`<li>${sentence(cut(c))}</li>`)}</ul></details>` : nothing}${offer ? html`<div class="row">${offers()}</div>` : nothing}</div>`, $('#fit'));
  draw(html`<b>${head}</b>${cuts.length ? html`<span class="quiet">${say('make.cut-few', { n: cuts.length })}</span>` : nothing}`, $('#say'));
  $('#print .kbd').textContent = say(mac ? 'make.print-keys-mac' : 'make.print-keys');
  $('#sheet').classList.toggle('stale', Boolean(problem));
  $('#sheet').setAttribute('aria-label', problem ? say('make.sheet-none', { why: head }) : say(order.patient ? 'make.sheet-for-name' : 'make.sheet-for', { name: order.patient, title: mine?.name ?? handout()?.title, n: order.stretches.length }));
  for (const b of [$('#print'), $('#download'), $('#email'), $('#bar .main')]) b.setAttribute('aria-disabled', String(Boolean(problem)));
  if (shown) {
    draw(shown.text.map(([kind, words]) => (kind[0] === 'h' ? html`<h3>${words}</h3>` : kind === 'img' ? html`<p class="quiet">${say('make.picture', { words })}</p>` : html`<p>${words}</p>`)), $('#text'));
  }
  mark();
  const next = focusAfter;
  focusAfter = null;
  next?.()?.focus();
}

// no pressing of Print goes unheard: it goes to what is to be mended.
async function deliver(how) {
  const on = onward();
  await preview.settled();
  if (problem) return on($('[aria-invalid]') ?? $('#fit button') ?? $('#patient'));
  try {
    const [path, body] = asked('/v1/handouts');
    how(await (await ask(path, body, { accept: 'application/pdf' })).blob());
    toast(say('make.nothing-kept'), say('make.fresh'), fresh);
  } catch (e) {
    problem = e instanceof Problem ? e : new Problem(0, {});
    render();
  }
}

// mailed asks to whom the page goes by mail.
async function mailed() {
  const on = onward();
  await preview.settled();
  if (problem) return on($('[aria-invalid]') ?? $('#fit button') ?? $('#patient'));
  if (mine) return toast(say('mail.own'));
  letter(request());
}

// forget takes words off the page: from the form, and what was drawn of them.
function forget(names) {
  for (const name of names) { order[name] = ''; $(`#${name}`).value = ''; }
  shown = null;
  preview.forget();
  $('#mini').replaceChildren();
  draw(nothing, $('#text'));
}

function fresh() {
  forget(['patient', 'next_visit', 'note']);
  tell(say('make.ready'));
  focusAfter = () => $('#patient');
  changed();
}

// A patient is forgotten when nobody has touched a key for a quarter of an hour.
let idle;
function stir() {
  clearTimeout(idle);
  idle = setTimeout(() => { if (order.patient || order.next_visit || order.note) fresh(); }, 15 * 60_000);
}

function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

export function begin() {
  for (const name of remembered) { try { order[name] = JSON.parse(localStorage.getItem(name)) || ''; } catch { order[name] = ''; } }
  if (!handout()) order.handout = known.handouts[0]?.id;
  if (!known.looks.includes(order.look)) order.look = '';
  order.paper ||= known.paper;
  order.edition ||= known.edition;
  order.stretches = (handout()?.stretches ?? []).filter((id) => by[id]).map((id) => ({ id }));
  $('#date').value = order.date = today();
  for (const name of fields) $(`#${name}`).addEventListener('input', (e) => { order[name] = e.target.value; changed(60); });
  $('#date').addEventListener('change', (e) => { order.date = e.target.value || null; changed(); });
  for (const name of ['side', 'edition', 'paper', 'lang']) {
    for (const b of $$(`[name=${name}]`)) {
      b.checked = b.value === (order[name] ?? '');
      b.addEventListener('change', () => { order[name] = b.value; changed(); });
    }
  }
  $('#punch').checked = Boolean(order.punch);
  $('#punch').addEventListener('change', (e) => { order.punch = e.target.checked; changed(); });
  $('#find-handout').addEventListener('input', render);
  $('#none-on').addEventListener('click', () => { const before = order.stretches, was = own; const put = () => { take(before); own = was; changed(); }; take([]); toast(say('make.all-off'), say('make.all-back'), put); changed(); back = put; });
  $('#addbtn').addEventListener('click', () => { const on = $('#library').classList.toggle('open'); $('#addbtn').setAttribute('aria-expanded', String(on)); if (on) $('#q').focus(); });
  $('#make').addEventListener('submit', (e) => { e.preventDefault(); deliver(paper); });
  $('#download').addEventListener('click', () => deliver((file) => save(file, `${mine ? mine.name.replace(/\.\w+$/, '') : order.handout}.pdf`)));
  $('#email').addEventListener('click', mailed);
  $('#save-pack').addEventListener('click', () => savePack(request().stretches ?? order.stretches));
  narrow.addEventListener('change', small); // a tablet is turned
  $('#mini').addEventListener('click', () => { $('#preview').scrollIntoView(); $('#preview').focus(); });
  for (const kind of ['dragover', 'drop']) $('#at-make').addEventListener(kind, (e) => { if ([...e.dataTransfer.items].some((i) => i.kind === 'file')) { e.preventDefault(); if (kind === 'drop') drops(e.dataTransfer.files[0]); } });
  $('#fresh').addEventListener('click', fresh);
  document.addEventListener('keydown', (e) => { stir(); if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && !$('#at-make').hidden) { e.preventDefault(); deliver(paper); } if (e.key === 'z' && (e.ctrlKey || e.metaKey) && back && !$('#at-make').hidden && !e.target.matches('input,textarea,select')) { e.preventDefault(); back(); } });
  addEventListener('pagehide', () => { forget(fields); render(); });
  addEventListener('pageshow', (e) => { if (e.persisted) changed(); });
  $('#sheet').append(hot);
  $('#sheet').addEventListener('pointermove', (e) => {
    const at = under(e);
    hot.hidden = !at;
    $('#sheet').style.cursor = at ? 'pointer' : '';
    if (!at) return;
    const scale = $('#sheet').getBoundingClientRect().width / shown.size[0], [l, t, w, h] = at.box.map((v) => v * scale);
    Object.assign(hot.style, { left: `${l - 4}px`, top: `${t - 4}px`, width: `${w + 8}px`, height: `${h + 8}px` });
    hot.firstChild.textContent = goal(at.part).label;
  });
  $('#sheet').addEventListener('pointerleave', () => { hot.hidden = true; });
  $('#sheet').addEventListener('click', (e) => { const at = under(e); if (at) goal(at.part).go(); });
  stir();
  changed();
}

// settled is when the page is that of the last change.
export const settled = () => preview.settled();

export function enter() { $('#patient').focus(); }
