// The PDF to the printer or to a file. Nothing of it is kept: the frame and its file go after a minute.
import { say } from './words.js';

const later = (what) => setTimeout(what, 60_000);

// paper has a file printed.
export function paper(blob) {
  const url = URL.createObjectURL(blob);
  document.getElementById('paper')?.remove();
  const frame = document.createElement('iframe');
  frame.id = 'paper';
  frame.hidden = true;
  frame.title = say('make.frame');
  frame.src = url;
  const open = () => { window.open(url); };
  frame.addEventListener('load', () => { // perhaps long after: what is typed meanwhile goes on where it was typed
    const here = document.activeElement;
    try { frame.contentWindow.focus(); frame.contentWindow.print(); } catch { open(); }
    here?.focus();
  });
  document.body.append(frame);
  later(() => { frame.remove(); URL.revokeObjectURL(url); });
}

// save gives a file to keep.
export function save(blob, name) {
  const url = URL.createObjectURL(blob), link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  later(() => URL.revokeObjectURL(url));
}
