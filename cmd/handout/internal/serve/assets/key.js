// The key of this page: it comes in the address after #, which is in no request and no log, and stays in this
// browser. A cookie would go to every program that answers at 127.0.0.1.
const given = new URLSearchParams(location.hash.slice(1)).get('k');
if (given) {
  localStorage.setItem('key', given);
  sessionStorage.removeItem('key');
  history.replaceState(null, '', location.pathname);
}

// held is the key, or on another computer the token that was typed. That is kept until the window is closed.
export const held = () => sessionStorage.getItem('key') ?? localStorage.getItem('key') ?? '';
export function hold(token) {
  const can = /^[!-~]+$/.test(token); // else no header can have it
  if (can) sessionStorage.setItem('key', token);
  return can;
}

// ask sends a request with the key: a body, unless there is none, and how where it is not GET or POST. It throws a
// Problem where it is refused.
export async function ask(path, body, options = {}) {
  const headers = { Authorization: `Bearer ${held()}` };
  if (options.accept) headers.Accept = options.accept;
  if (body) headers['Content-Type'] = 'application/json';
  if (options.drawn) headers['Handout-Drawn'] = options.drawn;
  if (options.match) headers['If-Match'] = `"${options.match}"`;
  let answer;
  try {
    answer = await fetch(path, { method: options.method ?? (body ? 'POST' : 'GET'), headers, body: body && JSON.stringify(body), signal: options.signal });
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new Problem(0, {});
  }
  if (answer.ok) return answer;
  let said = {};
  try { said = await answer.json(); } catch { /* not ours */ }
  throw new Problem(answer.status, said);
}

export class Problem extends Error {
  constructor(status, said) {
    super(said.title ?? `${status}`);
    this.status = status;
    this.kind = (said.type ?? '').split('#')[1] ?? '';
    this.mistakes = said.errors ?? [];
  }
}
