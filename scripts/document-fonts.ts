/**
 * Makes the fonts of receipts and documents: Fira Sans as the design system ships it for browsers (WOFF2), unpacked to
 * the form that Typst reads. Run it when the design system brings a new version of the font.
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
for (const weight of ['Regular', 'SemiBold']) {
  const packed = readFileSync(join(from, `FiraSans-${weight}.woff2`));
  const font = await subsetFont(packed, text.join(''), { targetFormat: 'truetype' });
  writeFileSync(join(to, `FiraSans-${weight}.ttf`), font);
  console.log(`FiraSans-${weight}.ttf`, font.length);
}
