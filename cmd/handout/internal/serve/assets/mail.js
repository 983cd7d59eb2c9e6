// A page of Make by mail: to who agreed to it, locked if that is asked for. Nothing of it stays on this page.
import { ask, Problem } from './key.js';
import { known } from './known.js';
import { $, dialog, html, icon, lost, nothing, onward, put, toast, why } from './parts.js';
import { save } from './print.js';
import { has, say } from './words.js';

const inWords = (problem) => lost(problem)?.join('. ') ?? problem.mistakes.map((m) => (has(`mail.wrong-${m.code}`) ? say(`mail.wrong-${m.code}`) : why(m))).join(' ');

// letter asks to whom a page goes, and sends it or makes a file for a mail program of it.
export function letter(order) {
  let lock = '', says = '', wants = false, busy = false;
  const value = (name) => $(`#mail-${name}`)?.value ?? '';
  async function go(e) {
    e.preventDefault();
    if (busy) return;
    const send = e.submitter?.id === 'mail-send', all = { ...order, to: value('to').trim(), agreed: $('#mail-agreed').checked };
    if (lock === 'born') all.born = value('born');
    if (lock === 'word') all.password = value('word');
    if (send) Object.assign(all, { send, ...(wants ? { smtp_password: value('smtp') } : {}) });
    const on = onward();
    busy = true;
    says = '';
    try {
      const answer = await ask('/page/mail', all);
      if (!send) {
        save(await answer.blob(), `${order.handout}.eml`);
        $('#dialog').close();
        return;
      }
      const became = await answer.json();
      if (became.fate === 'sent') {
        $('#dialog').close();
        toast(say('mail.sent'));
        return;
      }
      says = say(`mail.${became.fate}`, { reply: became.reply ?? '' });
    } catch (x) {
      const problem = x instanceof Problem ? x : new Problem(0, {});
      wants ||= problem.mistakes.some((m) => m.code === 'smtp-password-missing');
      says = inWords(problem);
    } finally {
      busy = false;
    }
    draw();
    on(wants && $('#mail-smtp') || $('#mail-to'));
  }
  const draw = () => dialog(say('mail.head'), html`<form class="day" novalidate autocomplete="off" @submit=${go}>
   ${says ? html`<div class="fit bad" role="alert">${icon('bad')}<div><b>${say('mail.wrong')}</b>${says}</div></div>` : nothing}
   <div><label for="mail-to">${say('mail.to')}</label><input id="mail-to" type="email" maxlength="254" autocomplete="off" spellcheck="false" translate="no" placeholder=${say('mail.to-such')}></div>
   <label class="check"><input type="checkbox" id="mail-agreed"><span>${say('mail.agreed')}</span></label>
   <div><label for="mail-lock">${say('mail.lock')}</label><select id="mail-lock" @change=${(e) => { lock = e.target.value; draw(); }}>${['none', 'born', 'word'].map((k) => html`<option value=${k} .selected=${k === (lock || 'none')}>${say(`mail.lock-${k}`)}</option>`)}</select></div>
   ${lock === 'born' ? html`<div><label for="mail-born">${say('mail.born')}</label><input id="mail-born" type="date" autocomplete="off"></div>` : nothing}
   ${lock === 'word' ? html`<div><label for="mail-word">${say('mail.word')}</label><input id="mail-word" maxlength="64" autocomplete="off" spellcheck="false"></div>` : nothing}
   ${wants ? html`<div><label for="mail-smtp">${say('day.box-password')}</label><input id="mail-smtp" type="password" autocomplete="off" aria-describedby="mail-smtp-h"><p class="hint" id="mail-smtp-h">${say('day.box-password-hint')}</p></div>` : nothing}
   <p class="quiet">${known.sender ? say('mail.from', known) : say('mail.no-sender')} ${say('mail.save-hint')}</p>
   <div class="row">${known.mailer ? html`<button class="button main" id="mail-send">${icon('mail')}${say('mail.send')}</button>` : nothing}<button class="button" id="mail-save">${icon('save')}${say('mail.save')}</button><button type="button" class="button" @click=${() => $('#dialog').close()}>${say('mail.cancel')}</button></div></form>`);
  const at = draw();
  at.addEventListener('close', () => put(nothing, at), { once: true }); // no address stays
  $('#mail-to').focus();
}
