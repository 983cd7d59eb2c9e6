// Welcome: in the place of Make until there is a clinic's file. Three steps, and none that has to be done.
import { colours, country, field, logo, mend, sheet, skin } from './clinic.js';
import { $, html, icon, nothing, onward, put } from './parts.js';
import * as settings from './settings.js';
import { say } from './words.js';

let step = 1;

async function go() {
  const on = onward();
  await settings.settled();
  if (settings.problem && mend($('#at-welcome'), on)) return;
  if (step === 1) {
    step = 2;
    render();
    settings.look(render);
    on($('#at-welcome h2'));
    return;
  }
  if (await settings.save()) location.hash = '#/make';
  render();
}

function view() {
  const steps = ['clinic', 'look', 'page'];
  return html`<div class="welcome ${step === 2 ? 'wide' : ''}"><h1 tabindex="-1">${say('welcome.head')}</h1>
    <ol class="steps" aria-label=${say('welcome.steps')}>${steps.map((name, i) => html`<li aria-current=${i + 1 === step ? 'step' : nothing}><span>${i + 1}</span><em>${say(`welcome.step-${name}`)}</em></li>`)}</ol>
    <form class=${step === 2 ? 'clinic' : ''} autocomplete="off" novalidate @submit=${(e) => { e.preventDefault(); go(); }}><div class="card day">
    <h2 tabindex="-1">${say(`welcome.step-${steps[step - 1]}`)}</h2>
    ${step === 1 ? html`<div class="fields">${field('name', { prefix: 'w-' })}${field('phone', { prefix: 'w-', hint: say('welcome.phone') })}${country('w-')}${field('therapist', { prefix: 'w-' })}</div>` : html`${logo('w-')}${colours('w-')}<div class="fields">${skin('w-')}</div>`}
    ${settings.problem && !settings.problem.mistakes.length ? html`<p class="wrong">${say('welcome.refused')}</p>` : nothing}
    <div class="row"><button class="button main" id="w-on">${say(step === 1 ? 'welcome.on' : 'welcome.make')}</button>${step === 2 ? html`<button type="button" class="button" @click=${() => { step = 1; render(); $('#w-name').focus(); }}>${say('welcome.back')}</button>` : nothing}<a class="button plain" href="#/make">${say('welcome.skip')}</a></div></div>${step === 2 ? sheet() : nothing}</form>
    <section class="card day" aria-labelledby="w-stays"><h2 id="w-stays">${icon('lock')} ${say('welcome.stays')}</h2><ul class="day"><li>${say('welcome.stays-patient')}</li><li>${say('welcome.stays-clinic')} <code>${settings.file?.shelf}</code>. ${say('welcome.stays-day')}</li><li>${say('welcome.stays-mail')}</li></ul></section></div>`;
}

export function begin() { document.addEventListener('settings', () => { if (!$('#at-welcome').hidden) render(); }); }
export function render() { put(settings.file ? view() : nothing, $('#at-welcome')); }

export async function enter() {
  const on = onward();
  try { await settings.read(); } catch { return; }
  render();
  on($('#w-name'));
}
