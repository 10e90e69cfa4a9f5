/**
 * Makes the fonts of receipts and documents: Fira Sans as the design system ships it for browsers (WOFF2), and Amiri for
 * Arabic script, unpacked to the form that Typst reads. Run it when one of the fonts has a new version.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import subsetFont from 'subset-font';

const root = join(import.meta.dirname, '..');
const from = join(root, 'node_modules/@kern-ux/native/dist/fonts/fira-sans');
const to = join(root, 'src/documents/fonts');
mkdirSync(to, { recursive: true });
// Latin with all accents, Greek, Cyrillic, punctuation, currency, arrows: DIN 91379 and more.
const ranges: [number, number][] = [
  [0x20, 0x24f],
  [0x250, 0x58f],
  [0x1ab0, 0x1aff],
  [0x1d00, 0x1fff],
  [0x2000, 0x22ff],
  [0x2500, 0x25ff],
  [0x2c60, 0x2c7f],
  [0xa720, 0xa7ff],
];
const text = ranges.map(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join(''),
);
const arabic = join(root, 'node_modules/@fontsource/amiri/files');
// Letters and signs of Arabic script, of all languages that write in it.
const arabicText = Array.from({ length: 0x100 }, (_, index) => String.fromCodePoint(0x600 + index)).join('');

async function unpack(file: string, name: string, letters: string): Promise<void> {
  const font = await subsetFont(readFileSync(file), letters, { targetFormat: 'truetype' });
  writeFileSync(join(to, `${name}.ttf`), font);
  console.log(`${name}.ttf`, font.length);
}

for (const [weight, cut] of [
  [400, 'Regular'],
  [600, 'SemiBold'],
] as const) {
  await unpack(join(from, `FiraSans-${cut}.woff2`), `FiraSans-${cut}`, text.join(''));
  await unpack(
    join(arabic, `amiri-arabic-${weight === 400 ? weight : 700}-normal.woff2`),
    `Amiri-${weight === 400 ? cut : 'Bold'}`,
    arabicText,
  );
}
