/** Where the keys lie. A key is the character it types, or the name of what it does in angle brackets. */
export type LayoutName = 'letters' | 'email' | 'digits' | 'phone' | 'signs';

const DIGITS = '1 2 3 4 5 6 7 8 9 0';
const LETTERS = ['q w e r t z u i o p ü', 'a s d f g h j k l ö ä', '<shift> y x c v b n m ß <delete>'];

export const LAYOUTS: Readonly<Record<LayoutName, readonly string[]>> = {
  letters: [DIGITS, ...LETTERS, "<signs> - ' <space> . , <next>"],
  email: [DIGITS, ...LETTERS, '<signs> @ - _ . .de .com <next>'],
  digits: ['1 2 3', '4 5 6', '7 8 9', '<delete> 0 <next>'],
  phone: ['1 2 3', '4 5 6', '7 8 9', '+ 0 /', '<delete> <space> <next>'],
  signs: [DIGITS, '! ? : ; ( ) / & + = %', '@ # § € " \' ’ - – _ *', '<letters> . , <space> <delete> <next>'],
};

/** @returns the layout that fits a field, by its `inputmode` */
export function layoutFor(inputmode: string): LayoutName {
  if (inputmode === 'numeric' || inputmode === 'decimal') return 'digits';
  if (inputmode === 'tel') return 'phone';
  return inputmode === 'email' ? 'email' : 'letters';
}
