/** What checks say, in two languages at once: German for the desk, English for the command. */
import { roomWords, withoutMarks } from '#language';
import type { Words as Keys } from './words/keys.ts';

/** A sentence in both. */
export interface Words {
  de: string;
  en: string;
}

const words = roomWords<Keys>('doctor');

const inBoth =
  <Group extends keyof Keys>(group: Group) =>
  (say: (words: Keys[Group], language: 'de' | 'en') => string): Words => ({
    de: say(words(group)('de'), 'de'),
    en: withoutMarks(say(words(group)('en'), 'en')),
  });

/** What is looked at. */
export const named = inBoth('names');

/** How it is. */
export const says = inBoth('says');

/** What to do about it. */
export const todo = inBoth('todo');

/** @returns a path, a command or another program's words, which are the same in both */
export const asIs = (text: string): Words => ({ de: text, en: text });
