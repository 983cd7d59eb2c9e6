// The page's own words. Each has a key, and stands in a file of words/ in each language; what the page is made of has
// none in it. In HTML a key stands in data-say, or in data-label, data-such and data-title for an attribute.
const languages = ['en', 'es'];
const table = await (await fetch('/assets/words.json')).json();
const attributes = { label: 'aria-label', such: 'placeholder', title: 'title' };

export let lang = languages.find((l) => l === localStorage.getItem('lang')) ?? languages.find((l) => navigator.language.startsWith(l)) ?? 'en';
document.documentElement.lang = lang;

// say is a word with what goes into its slots; of two forms the first is for one.
export function say(key, slots = {}) {
  const forms = table[key][languages.indexOf(lang)].split('|');
  return (slots.n === 1 ? forms[0] : forms.at(-1)).replace(/\{(\w+)\}/g, (_, name) => slots[name] ?? '');
}

export const has = (key) => key in table;

// fill puts the words into what stands in the page's HTML.
export function fill() {
  for (const at of document.querySelectorAll('[data-say]')) at.textContent = say(at.dataset.say);
  for (const [name, to] of Object.entries(attributes)) {
    for (const at of document.querySelectorAll(`[data-${name}]`)) at.setAttribute(to, say(at.dataset[name]));
  }
}

// turn speaks the next language from now on.
export function turn() {
  lang = languages[(languages.indexOf(lang) + 1) % languages.length];
  localStorage.setItem('lang', lang);
  document.documentElement.lang = lang;
  fill();
}
