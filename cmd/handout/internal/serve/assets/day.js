// The day list: its words are words/day.json, its place is #at-day.
import { $, html, put } from './parts.js';
import { say } from './words.js';

export function begin() {}

export function render() {
  put(html`<h1 tabindex="-1">${say('day.title')}</h1>`, $('#at-day'));
}

export function enter() { $('#at-day h1').focus(); }
