// The PDF to the printer or to a file. Nothing of it is kept: the frame and its file go after a minute.
import { ask } from './key.js';
import { say } from './words.js';

async function file(order) {
  const answer = await ask('/v1/handouts', order, { accept: 'application/pdf' });
  return URL.createObjectURL(await answer.blob());
}

const later = (what) => setTimeout(what, 60_000);

export async function print(order) {
  const url = await file(order);
  document.getElementById('paper')?.remove();
  const frame = document.createElement('iframe');
  frame.id = 'paper';
  frame.hidden = true;
  frame.title = say('make.frame');
  frame.src = url;
  const open = () => { window.open(url); };
  frame.addEventListener('load', () => {
    try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch { open(); }
  });
  document.body.append(frame);
  later(() => { frame.remove(); URL.revokeObjectURL(url); });
}

export async function download(order) {
  const url = await file(order), link = document.createElement('a');
  link.href = url;
  link.download = `${order.handout}.pdf`;
  link.click();
  later(() => URL.revokeObjectURL(url));
}
