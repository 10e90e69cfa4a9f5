/** Layout, components, islands and words that all rooms' pages share. */
export type { Child, Html } from './jsx/jsx-runtime.ts';
export { escapeHtml, raw } from './jsx/jsx-runtime.ts';
export { defineWords } from './words.ts';
