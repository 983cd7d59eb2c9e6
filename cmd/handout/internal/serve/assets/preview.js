// The page as it will print, a moment after each change: one request at a time, the newest alone counts.
import { ask, Problem } from './key.js';

export class Preview {
  #running; #timer; #turn = 0; #asked = 0; #told = 0; #waiting = []; #drawing = new Drawing();

  // ask asks a path for the page of an order and tells what came: told(answer, problem). It waits only while another
  // is asked for, so that a hasty hand does not make a page a letter.
  ask(path, order, told, wait = 0) {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#timer = setTimeout(async () => {
      this.#running?.abort();
      this.#running = new AbortController();
      const mine = ++this.#turn;
      let answer = null, problem = null;
      try {
        answer = await (await ask(path, order, { signal: this.#running.signal, drawn: this.#drawing.keys() })).json();
      } catch (e) {
        problem = e instanceof Problem ? e : new Problem(0, {}); // an answer that broke off is none
      }
      if (mine !== this.#turn) return; // another is asked for, or this one is forgotten
      this.#running = null;
      if (problem?.status === 503) {
        if (asked === this.#asked) this.ask(path, order, told, 1000);
        return;
      }
      if (answer?.svg) answer.drawing = this.#drawing.of(answer);
      this.#told = asked;
      told(answer, problem);
      // An answer that comes while the next waits to be asked for is shown, and settles nothing.
      if (asked === this.#asked) for (const go of this.#waiting.splice(0)) go();
    }, this.#running || wait > 200 ? wait : 0);
  }

  // forget has nothing left of what was drawn, nor of what is on its way.
  forget() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    this.#running = null;
    this.#turn++;
    this.#drawing.clear();
  }

  // settled is when what was asked last has been told: before that, what is known is of words that were typed over.
  settled() { return this.#told < this.#asked ? new Promise((go) => this.#waiting.push(go)) : Promise.resolve(); }
}

// Drawing is the picture of a page. Its elements have keys, and one that it has already is not sent again: a name that is
// typed changes a few of hundreds.
class Drawing {
  #svg = null; #known = new Map();

  // keys are those of the elements it has, for the server.
  keys() { return [...this.#known.keys()].slice(0, 1500).join(' '); }

  // clear forgets them: there may be a name in them.
  clear() { this.#svg?.remove(); this.#svg = null; this.#known.clear(); }

  // of is the picture of an answer. What is new in it is parsed as a picture, and never as a page.
  of({ size, svg }) {
    const ns = 'http://www.w3.org/2000/svg', fresh = svg.filter((one) => one.length > 1), elements = new Map();
    const parsed = [...new DOMParser().parseFromString(`<svg xmlns="${ns}">${fresh.map((one) => one[1]).join('')}</svg>`, 'image/svg+xml').documentElement.children];
    fresh.forEach(([key], i) => { // a click goes to the form, and not where a link goes
      const one = document.adoptNode(parsed[i]);
      elements.set(key, one.localName === 'a' ? one.firstElementChild : one);
    });
    if (!this.#svg) {
      this.#svg = document.createElementNS(ns, 'svg');
      this.#svg.setAttribute('aria-hidden', 'true');
    }
    this.#svg.setAttribute('viewBox', `0 0 ${size.join(' ')}`);
    const known = new Map();
    const all = svg.map(([key]) => {
      if (known.has(key)) return known.get(key).cloneNode(true);
      const one = elements.get(key) ?? this.#known.get(key);
      known.set(key, one);
      return one;
    });
    this.#known = known;
    const stay = new Set(all);
    for (const one of [...this.#svg.children]) if (!stay.has(one)) one.remove();
    let at = this.#svg.firstElementChild;
    for (const one of all) {
      if (one === at) at = at.nextElementSibling; else this.#svg.insertBefore(one, at);
    }
    return this.#svg;
  }
}
