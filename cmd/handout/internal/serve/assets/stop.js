// Stop handout: from a menu or by a double click the program has no window that could be closed.
import { ask } from './key.js';
import { $, $$, dialog, html, lost, put, toast, why } from './parts.js';
import { today } from './today.js';
import { say } from './words.js';

export let stopped = false;

// away has one card in the place of all there is, with a word about why.
export function away(head, says) {
  for (const at of $$('main > div[id^=at-], .head nav, .head .end, .skip, footer')) at.hidden = true;
  $('#away').hidden = false;
  $('#away-head').textContent = head;
  put(says, $('#away-text'));
}

async function stop() {
  $('#dialog').close();
  try {
    await ask('/page/stop', {});
  } catch (e) {
    return toast(lost(e)?.join('. ') ?? e.mistakes.map(why).join(' '));
  }
  stopped = true;
  dispatchEvent(new Event('pagehide')); // as when the window is closed, nothing of a patient stays
  put([], $('#toast'));
  away(say('frame.stopped'), html`<p>${say('frame.stopped-hint')}</p>`);
  document.title = say('frame.stopped');
  $('#away-head').focus();
}

// sure asks first where a day's pages are being made.
const sure = () => dialog(say('frame.stop-sure'), html`<p>${say('frame.stop-sure-hint')}</p><div class="row"><button type="button" class="button main" id="stop-sure" @click=${stop}>${say('frame.stop')}</button><button type="button" class="button" @click=${() => $('#dialog').close()}>${say('frame.stop-no')}</button></div>`);

export function begin() {
  $('footer').hidden = false;
  $('#stop').addEventListener('click', () => (today.phase === 'run' ? sure() : stop()));
}
