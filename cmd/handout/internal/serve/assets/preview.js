// The page as it will print, a moment after each change: one request at a time, the newest alone counts.
import { ask, Problem } from './key.js';

let running, timer, turn = 0;

// preview asks for the page of an order and tells what came: told(answer, problem).
export function preview(order, told, wait = 0) {
  clearTimeout(timer);
  timer = setTimeout(async () => {
    running?.abort();
    running = new AbortController();
    const mine = ++turn;
    try {
      const answer = await (await ask('/page/preview', order, { signal: running.signal })).json();
      if (mine === turn) told(answer, null);
    } catch (e) {
      if (e.name === 'AbortError' || mine !== turn) return;
      if (e instanceof Problem && e.status === 503) return preview(order, told, 1000);
      told(null, e);
    }
  }, wait);
}

// drawing is the SVG of an answer. It is parsed as a picture, and never as a page.
export function drawing(answer) {
  const svg = document.adoptNode(new DOMParser().parseFromString(answer.svg, 'image/svg+xml').documentElement);
  svg.querySelector('title')?.remove();
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  svg.setAttribute('aria-hidden', 'true');
  svg.removeAttribute('role');
  return svg;
}
