/** How words are compared that people look for, in whatever script and on whatever keyboard they type. Pure. */
import { asTyped } from './as-typed.ts';

/**
 * Letters that Unicode does not take apart, as those write them who do not have them on their keyboard; and of Arabic and its
 * sisters letters that are written for one another.
 */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', ı: 'i', æ: 'a', œ: 'o', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ħ: 'h', ŧ: 't', ŋ: 'n' },
  ...{ ς: 'σ', ґ: 'г', ѝ: 'и' },
  ...{ ٱ: 'ا', ة: 'ه', ہ: 'ه', ھ: 'ه', ە: 'ه', ى: 'ي', ی: 'ي', ک: 'ك', ء: '', ـ: '' },
};
const LETTERS = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gu');

/** "ü" is typed as "ue" where there is no "ü", or as "u": all of them are one. */
const UMLAUT = /([aou])e+/g;

/**
 * Case, accents, umlauts and their transcriptions, marks of vowels, digits of other scripts: what differs in these only is one
 * word. "Müll", "MUELL" and "mull" are one, "İŞ", "iş" and "IS", "ثَلَّاجَة" and "ثلاجه". Nobody reads what comes of it.
 * @returns the same again for what is folded already
 */
export function folded(text: string): string {
  return asTyped(text)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(LETTERS, (letter) => ALIKE[letter] ?? letter)
    .replace(UMLAUT, '$1');
}
