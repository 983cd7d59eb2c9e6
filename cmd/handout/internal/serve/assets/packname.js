// What a pack is to be called.
import { ask } from './key.js';
import { learn } from './known.js';
import { $, dialog, html, nothing, onward, toast, why } from './parts.js';
import { lang, say } from './words.js';

// name asks for one, and does what is to be done with it.
export function name(head, says, now, go) {
  let wrong = '';
  const draw = () => dialog(head, html`<form class="day" @submit=${async (e) => {
    e.preventDefault();
    const on = onward();
    try {
      await go($('#pack-n').value);
      $('#dialog').close();
    } catch (refused) {
      wrong = refused.mistakes?.map(why).join(' ') || say('frame.gone');
      draw();
      on($('#pack-n'));
    }
  }}>${says ? html`<p>${says}</p>` : nothing}<div><label for="pack-n">${say('packs.called')}</label><input id="pack-n" maxlength="60" autocomplete="off" .value=${now} aria-invalid=${wrong ? 'true' : nothing} aria-describedby="pack-w"><p class="wrong" id="pack-w" ?hidden=${!wrong}>${wrong}</p></div><div class="row"><button class="button main">${say('packs.save')}</button><button type="button" class="button" @click=${() => $('#dialog').close()}>${say('packs.cancel')}</button></div></form>`);
  draw();
  $('#pack-n').select();
}

// save makes a pack of stretches that are on a page.
export function save(stretches) {
  name(say('make.save-pack'), say('packs.no-patient'), '', async (called) => {
    await ask('/page/packs', { name: called, lang, stretches });
    await learn();
    toast(say('packs.is-saved', { name: called }));
  });
}
