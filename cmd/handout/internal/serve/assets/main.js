// The frame that the page's places live in. One is seen at a time, by the address after #/; each is a module with
// begin (once, when it is known what there is), render (all anew, in the language of the moment) and enter (it is seen).
import * as clinic from './clinic.js';
import * as day from './day.js';
import { held, hold } from './key.js';
import { known, learn } from './known.js';
import * as make from './make.js';
import * as packs from './packs.js';
import { $, $$, html, icon, nothing, put, why } from './parts.js';
import * as stop from './stop.js';
import * as stretches from './stretches.js';
import * as welcome from './welcome.js';
import { fill, say, turn } from './words.js';

const places = { make, day, stretches, packs, clinic, welcome };
// Until there is a clinic's file the first place is the welcome; where it cannot be read, the clinic.
// On another computer there are only those that keep nothing.
const keeping = ['day', 'clinic', 'welcome'];
const place = () => { const name = location.hash.slice(2); return places[name] && !(known.elsewhere && keeping.includes(name)) ? name : known.elsewhere ? 'make' : known.unread ? 'clinic' : known.begun ? 'make' : 'welcome'; };

function show() {
  const at = place();
  for (const name of Object.keys(places)) $(`#at-${name}`).hidden = name !== at;
  for (const link of $$('.head nav a')) {
    if (link.hash === `#/${at}`) link.setAttribute('aria-current', 'page'); else link.removeAttribute('aria-current');
  }
  for (const link of $$('.skip')) link.hidden = link.dataset.at !== (at === 'make' ? 'make' : '');
  document.title = `${say(`${at}.title`)} · handout`;
}

function enter() {
  if (stop.stopped || (location.hash && location.hash[1] !== '/')) return; // a link within a place
  show();
  scrollTo(0, 0);
  places[place()].enter();
}

function render() {
  $('#name').textContent = known.clinic || 'handout';
  $('#logo').src = known.logo || '/assets/icon.svg';
  for (const one of Object.values(places)) one.render();
  show();
}

// token asks for the server's on another computer: the window knows it until it is closed.
function token(wrong = held() !== '') {
  const go = (e) => { e.preventDefault(); if (hold($('#token').value.trim())) location.reload(); else token(true); };
  stop.away(say('frame.token-head'), html`<form class="day" @submit=${go}><p>${say('frame.token-text')}</p><div><label for="token">${say('frame.token')}</label><input id="token" type="password" autocomplete="off" spellcheck="false" aria-invalid=${wrong ? 'true' : nothing} aria-describedby="token-w"><p class="wrong" id="token-w" ?hidden=${!wrong}>${say('frame.token-wrong')}</p></div><div class="row"><button class="button main">${say('frame.token-open')}</button></div></form>`);
  $('#token').focus();
}

async function begin() {
  fill();
  for (const at of $$('[data-icon]')) put(icon(at.dataset.icon), at);
  try {
    await learn();
  } catch (e) {
    if (e.mistakes?.some((m) => m.code === 'token-missing')) return token();
    const lines = e.status === 401 ? [say('frame.no-key-text')] : e.mistakes?.map(why) ?? [];
    return stop.away(say(e.status === 401 ? 'frame.no-key-head' : 'frame.silent-head'), lines.map((line) => html`<p>${line}</p>`));
  }
  $('#turn').addEventListener('click', async () => { turn(); await learn(); });
  for (const one of Object.values(places)) one.begin();
  stop.begin();
  render();
  document.addEventListener('learned', render);
  addEventListener('hashchange', enter);
  enter();
}

begin();
