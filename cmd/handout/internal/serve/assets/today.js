// A day's list: the file as it was dropped, and what was put right in it. Both live here and in no other place; the
// computer reads the list anew each time it is asked about it.
import { ask, Problem } from './key.js';

export const today = { phase: 'drop', problem: null };

// forget is how it is when no list was dropped.
export function forget() {
  Object.assign(today, { phase: 'drop', file: null, called: '', typed: false, list: null, mended: {}, columns: {}, headings: [], handout: '', date: '', open: '', print: true, mail: true, lock: '', report: null, box: null, problem: null, always: {} });
  sessionStorage.removeItem('list');
}

// remembered is what is said once of headings and of words for a status: nothing of a patient.
const kept = (name) => { try { return JSON.parse(localStorage.getItem(name)) ?? {}; } catch { return {}; } };
export function remember(name, key, value) { localStorage.setItem(name, JSON.stringify({ ...kept(name), [key]: value })); }
const recall = (name, key) => kept(name)[key];

// request is what is asked about the list.
export function request(more = {}) {
  const { file, called, mended, columns, handout, date } = today;
  const all = { list: file, called: called.slice(0, 255), mended, columns, statuses: kept('statuses'), handout, date, ...more };
  for (const [name, value] of Object.entries(all)) if (value === '') delete all[name];
  return all;
}

// bytes are a file's, as a request has them.
export const bytes = (file) => new Promise((done, failed) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1));
  reader.onerror = () => failed(new Problem(0, {}));
  reader.readAsDataURL(file);
});

// read asks what the rows are.
export async function read() {
  const mine = today.asking = {};
  try {
    const list = await (await ask('/page/list', request())).json();
    if (mine !== today.asking) return;
    Object.assign(today, { list, date: list.date, phase: 'read', problem: null });
    today.lock ||= list.lock || 'none';
    sessionStorage.setItem('list', 'open');
  } catch (e) {
    if (mine !== today.asking) return;
    today.problem = e;
    today.headings = e.mistakes?.filter((m) => m.code === 'heading').map((m) => m.detail) ?? [];
    const columns = recall('columns', today.headings.join('\n'));
    if (today.headings.length && columns && !Object.keys(today.columns).length) { today.columns = columns; return read(); }
  }
}

// lines are what comes of an answer in lines of JSON, one after the other.
export async function lines(answer, take) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    const parts = (rest + (value ?? '')).split('\n');
    rest = parts.pop();
    for (const line of parts) if (line) take(JSON.parse(line));
    if (done) return;
  }
}

// make has the pages made, and tells how it goes on.
export async function make(told) {
  today.stop = new AbortController();
  today.problem = null;
  let last = null;
  try {
    const { print, mail, lock, list } = today;
    const mails = mail && list.rows.some((r) => r.mail && r.state === 'ready');
    const answer = await ask('/page/days', request({ print, mail: mails, ...(mails ? { lock } : {}) }), { signal: today.stop.signal });
    await lines(answer, (line) => { last = line; if (line.of !== undefined) told(line.done, line.of); });
  } catch (e) {
    today.phase = 'read';
    today.problem = e.name === 'AbortError' ? null : e instanceof Problem ? e : new Problem(0, {});
    today.stopped = e.name === 'AbortError';
    return;
  }
  today.stopped = false;
  if (last?.report) Object.assign(today, { report: last.report, phase: 'done', box: null });
  else Object.assign(today, { phase: 'read', problem: last?.problem ? new Problem(last.problem.status, last.problem) : new Problem(0, {}) });
}
