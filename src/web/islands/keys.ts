/** Where the keys lie. A key is the character it types, or the name of what it does in angle brackets. */
export type LayoutName = 'letters' | 'latin' | 'arabic' | 'turkish' | 'email' | 'digits' | 'phone' | 'signs';

const DIGITS = '1 2 3 4 5 6 7 8 9 0';
const LETTERS = ['q w e r t z u i o p ü', 'a s d f g h j k l ö ä', '<shift> y x c v b n m ß <delete>'];

export const LAYOUTS: Readonly<Record<LayoutName, readonly string[]>> = {
  letters: [DIGITS, ...LETTERS, "<signs> <marks> - ' <space> . , <next> <close>"],
  // Where people may also type their own letters.
  latin: [DIGITS, ...LETTERS, '<signs> <marks> <own> - <space> . , <next> <close>'],
  arabic: [
    ...[DIGITS, 'ض ص ث ق ف غ ع ه خ ح ج د', 'ش س ي ب ل ا ت ن م ك ط', 'ئ ء ؤ ر لا ى ة و ز ظ <delete>'],
    '<latin> ذ أ إ آ <space> ، <next> <close>',
  ],
  turkish: [
    ...[DIGITS, 'q w e r t y u ı o p ğ ü', 'a s d f g h j k l ş i', '<shift> z x c v b n m ö ç <delete>'],
    "<latin> <marks> - ' <space> . , <next> <close>",
  ],
  email: [DIGITS, ...LETTERS, '<signs> @ - _ . .de .com <next> <close>'],
  digits: ['1 2 3', '4 5 6', '7 8 9', '<delete> 0 <next>', '<close>'],
  phone: ['1 2 3', '4 5 6', '7 8 9', '+ 0 /', '<delete> <space> <next>', '<close>'],
  signs: [
    DIGITS,
    '! ? : ; ( ) / & + = %',
    '@ # § € " \' ’ - – _ *',
    '<letters> . , <space> <delete> <next> <close>',
  ],
};

interface Own {
  layout: LayoutName;
  /** What the key says that leads to it. */
  label: string;
}

/** Letters of languages that the keys of this country do not have. */
const OWN: Readonly<Record<string, Own>> = {
  ar: { layout: 'arabic', label: 'أ ب ت' },
  tr: { layout: 'turkish', label: 'ÇĞŞ' },
};

/** @returns the keys of a page's language where it has other letters */
export const ownKeys = (lang: string): Own | undefined => OWN[lang];

/**
 * @param lang of the page: what is searched for is typed in its letters, what a register keeps in Latin ones
 * @returns the layout that fits a field, by its `inputmode`
 */
export function layoutFor(inputmode: string, lang: string): LayoutName {
  if (inputmode === 'search') return ownKeys(lang)?.layout ?? 'letters';
  if (inputmode === 'numeric' || inputmode === 'decimal') return 'digits';
  if (inputmode === 'tel') return 'phone';
  return inputmode === 'email' ? 'email' : 'letters';
}
