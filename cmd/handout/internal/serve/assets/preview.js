// The page as it will print, a moment after each change: one request at a time, the newest alone counts.
import { ask, Problem } from './key.js';

export class Preview {
  #running; #timer; #turn = 0; #untold = false; #waiting = [];

  // ask asks a path for the page of an order and tells what came: told(answer, problem). It waits only while another
  // is asked for, so that a hasty hand does not make a page a letter.
  ask(path, order, told, wait = 0) {
    clearTimeout(this.#timer);
    this.#untold = true;
    this.#timer = setTimeout(async () => {
      this.#running?.abort();
      this.#running = new AbortController();
      const mine = ++this.#turn;
      try {
        const answer = await (await ask(path, order, { signal: this.#running.signal })).json();
        if (mine !== this.#turn) return;
        this.#running = null;
        this.#tell(told, answer, null);
      } catch (e) {
        if (mine === this.#turn) this.#running = null;
        if (e.name === 'AbortError' || mine !== this.#turn) return;
        if (e instanceof Problem && e.status === 503) return this.ask(path, order, told, 1000);
        this.#tell(told, null, e);
      }
    }, this.#running || wait > 200 ? wait : 0);
  }

  #tell(told, answer, problem) {
    this.#untold = false;
    told(answer, problem);
    for (const go of this.#waiting.splice(0)) go();
  }

  // settled is when what was asked last has been told: before that, what is known is of words that were typed over.
  settled() { return this.#untold ? new Promise((go) => this.#waiting.push(go)) : Promise.resolve(); }
}

// drawing is the SVG of an answer. It is parsed as a picture, and never as a page.
export function drawing(answer) {
  const svg = document.adoptNode(new DOMParser().parseFromString(answer.svg, 'image/svg+xml').documentElement);
  svg.querySelector('title')?.remove();
  for (const link of svg.querySelectorAll('a')) link.replaceWith(...link.childNodes); // a click goes to the form
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  svg.setAttribute('aria-hidden', 'true');
  svg.removeAttribute('role');
  return svg;
}
