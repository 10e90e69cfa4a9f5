import type { Language } from '#service';

type Paper = 'receipt' | 'paper' | 'letter' | 'desk';

/** What is said of a number or a code that cannot be one. */
export interface SlipWords {
  /** Where they stand. */
  on: Readonly<Record<Paper, string>>;
  /** What to compare them with. */
  beside: Readonly<Record<Paper, string>>;
  numberMissing(on: string): string;
  numberLength(count: number, on: string): string;
  numberSlip(beside: string): string;
  codeMissing(on: string): string;
  codeLength(count: number, on: string): string;
  codeLookAlike(beside: string): string;
  codeSlip(beside: string): string;
}

/** The same in Leichte Sprache. */
const GERMAN_PAPERS: Pick<SlipWords, 'on' | 'beside'> = {
  on: {
    receipt: 'auf Ihrer Quittung',
    paper: 'unten auf dem Papier',
    letter: 'in dem Brief',
    desk: 'am Arbeitsplatz',
  },
  beside: {
    receipt: 'Ihrer Quittung',
    paper: 'dem Papier',
    letter: 'dem Brief',
    desk: 'dem Code am Arbeitsplatz',
  },
};

const WORDS: Readonly<Record<Language, SlipWords>> = {
  de: {
    ...GERMAN_PAPERS,
    numberMissing: (on) => `Bitte geben Sie die Nummer ein. Sie steht ${on}.`,
    numberLength: (count, on) =>
      `Die Nummer hat 9 Ziffern. Hier stehen ${count}. Bitte geben Sie sie so ein, wie sie ${on} steht.`,
    numberSlip: (beside) =>
      `In dieser Nummer ist eine Ziffer falsch, oder zwei sind vertauscht. Bitte vergleichen Sie jede Ziffer mit ${beside}.`,
    codeMissing: (on) => `Bitte geben Sie den Code ein. Er steht ${on}.`,
    codeLength: (count, on) =>
      `Der Code hat 15 Zeichen. Hier stehen ${count}. Bitte geben Sie ihn so ein, wie er ${on} steht.`,
    codeLookAlike: (beside) =>
      `Die Ziffern 0 und 1 und die Buchstaben O, I und L kommen in keinem Code vor. Bitte vergleichen Sie diese Zeichen mit ${beside}: Es ist ein anderes, das ähnlich aussieht.`,
    codeSlip: (beside) =>
      `In diesem Code ist ein Zeichen falsch, oder zwei sind vertauscht. Bitte vergleichen Sie jedes Zeichen mit ${beside}.`,
  },
  en: {
    on: {
      receipt: 'on your receipt',
      paper: 'at the bottom of the paper',
      letter: 'in the letter',
      desk: 'at the desk',
    },
    beside: {
      receipt: 'your receipt',
      paper: 'the paper',
      letter: 'the letter',
      desk: 'the code at the desk',
    },
    numberMissing: (on) => `Please enter the number. It is ${on}.`,
    numberLength: (count, on) =>
      `The number has 9 digits. Here there are ${count}. Please enter it as it stands ${on}.`,
    numberSlip: (beside) =>
      `One digit of this number is wrong, or two are swapped. Please compare each digit with ${beside}.`,
    codeMissing: (on) => `Please enter the code. It is ${on}.`,
    codeLength: (count, on) =>
      `The code has 15 characters. Here there are ${count}. Please enter it as it stands ${on}.`,
    codeLookAlike: (beside) =>
      `The digits 0 and 1 and the letters O, I and L are in no code. Please compare these characters with ${beside}: it is another one that looks similar.`,
    codeSlip: (beside) =>
      `One character of this code is wrong, or two are swapped. Please compare each character with ${beside}.`,
  },
  leicht: {
    ...GERMAN_PAPERS,
    numberMissing: (on) => `Die Nummer fehlt. Die Nummer steht ${on}.`,
    numberLength: (count, on) =>
      `Die Nummer hat 9 Zahlen. Hier stehen ${count}. Die richtige Nummer steht ${on}.`,
    numberSlip: (beside) =>
      `Eine Zahl ist falsch. Oder 2 Zahlen sind vertauscht. Vergleichen Sie bitte jede Zahl mit ${beside}.`,
    codeMissing: (on) => `Der Code fehlt. Der Code steht ${on}.`,
    codeLength: (count, on) =>
      `Der Code hat 15 Zeichen. Hier stehen ${count}. Der richtige Code steht ${on}.`,
    codeLookAlike: (beside) =>
      `Im Code gibt es keine 0 und keine 1. Und kein O, kein I und kein L. Vergleichen Sie bitte jedes Zeichen mit ${beside}.`,
    codeSlip: (beside) =>
      `Ein Zeichen ist falsch. Oder 2 Zeichen sind vertauscht. Vergleichen Sie bitte jedes Zeichen mit ${beside}.`,
  },
};

export const slipWords = (language: Language): SlipWords => WORDS[language];
