/** Finds sentences that stand in the code of pages instead of in a room's `words/`, where they can be changed and translated. */
import { transformSync } from 'esbuild';

/** Pages, and whatever those rooms say that speak to staff alone. */
const SPEAKS = /^src\/.*\.tsx$|^src\/(?:desk|doctor)\/.*\.ts$/;
/** What is a text in the code that is left when JSX is gone; the word before it says that it is something else. */
const TEXT =
  /(\bclass: |\bnew \w*Error\(|\bfrom |\bimport )?("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g;
const GERMAN_SIGN = /[äöüßÄÖÜ„“]/;
const CAPITAL = /^\s*[A-Z][a-z]{2,}(?![\w-])/;
const TWO_WORDS = /[A-Za-z]{2,}[,:;.]? [A-Za-z]{2,}/;
/** Where an element has its text, or an attribute that is read out. */
const SAID_AT = /(?:\b(?:children|title|label|caption|hint|alt|placeholder)|"aria-label"): \[?\s*$/;
/** The same for everybody: a key, and the word that leads whoever cannot read the page to their own language. */
const NAMES = new Set(['Enter', 'Language']);

/** @returns the code with its JSX as calls, so that a text of a page is a text of the code */
function plain(path: string, source: string): string {
  const { code } = transformSync(source, {
    loader: path.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'automatic',
    charset: 'utf8',
    legalComments: 'none',
  });
  return code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** @param said it stands where an element has its text */
function isSentence(text: string, said: boolean): boolean {
  if (GERMAN_SIGN.test(text)) return true;
  const begins = CAPITAL.test(text);
  return TWO_WORDS.test(text) ? begins || said : begins && said && !NAMES.has(text.trim());
}

/** Where it stands: JSX breaks a sentence into lines, so its first word is looked for. */
function lineOf(source: string, text: string): number {
  const at = source.indexOf(text.split(/\s/)[0] ?? text);
  return source.slice(0, Math.max(0, at)).split('\n').length;
}

/**
 * @param path from the program's folder, with slashes
 * @returns the first sentence of a page that stands in its code, and its line; undefined where there is none
 */
export function sentenceIn(path: string, source: string): { text: string; line: number } | undefined {
  if (!SPEAKS.test(path)) return undefined;
  const code = plain(path, source);
  for (const { 1: before, 2: quoted = '', index } of code.matchAll(TEXT)) {
    if (before !== undefined) continue;
    const text = quoted
      .slice(1, -1)
      .replace(/\$\{[^}]*\}/g, '')
      .trim();
    if (isSentence(text, SAID_AT.test(code.slice(0, index)))) return { text, line: lineOf(source, text) };
  }
  return undefined;
}
