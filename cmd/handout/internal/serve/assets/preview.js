// The page as it will print, a moment after each change: one request at a time, the newest alone counts.
import { ask, Problem } from './key.js';

export class Preview {
  #running; #timer; #turn = 0;

  // ask asks a path for the page of an order and tells what came: told(answer, problem).
  ask(path, order, told, wait = 0) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      this.#running?.abort();
      this.#running = new AbortController();
      const mine = ++this.#turn;
      try {
        const answer = await (await ask(path, order, { signal: this.#running.signal })).json();
        if (mine === this.#turn) told(answer, null);
      } catch (e) {
        if (e.name === 'AbortError' || mine !== this.#turn) return;
        if (e instanceof Problem && e.status === 503) return this.ask(path, order, told, 1000);
        told(null, e);
      }
    }, wait);
  }
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
