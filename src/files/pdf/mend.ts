/** Files whose table of objects is wrong: editors that save line ends anew, and programs that cannot count, break it. */
const OBJECT = /(?:^|[\s>])(\d{1,7}) (\d{1,5}) obj\b/g;
const REFERENCE = /(?<![\d.])(\d{1,7}) \d{1,5} R(?![A-Za-z])/g;
const MOST_OBJECTS = 100_000;

/**
 * Writes a new table behind a file, of the objects that stand in it; of two with one number the later counts.
 * @returns undefined where that cannot be told by looking: the root is not named, objects are locked or packed, or one
 *   that is named is not there: a file that was cut off is not taken for a whole one
 */
export function mended(bytes: Buffer): Buffer | undefined {
  const text = bytes.toString('latin1');
  const root = [...text.matchAll(/\/Root\s+(\d{1,7})\s+(\d{1,5})\s+R/g)].at(-1);
  if (!root || /\/Encrypt\b|\/ObjStm\b/.test(text)) return undefined;
  const places = new Map<number, string>();
  for (const found of text.matchAll(OBJECT)) {
    const start = found.index + found[0].search(/\d/);
    places.set(
      Number(found[1]),
      `${String(start).padStart(10, '0')} ${String(found[2]).padStart(5, '0')} n `,
    );
    if (places.size > MOST_OBJECTS) return undefined;
  }
  for (const [, number] of text.matchAll(REFERENCE)) if (!places.has(Number(number))) return undefined;
  const numbers = [...places.keys()].sort((a, b) => a - b);
  const lines = numbers.map((number) => `${number} 1\n${places.get(number)}\n`);
  const table = `\nxref\n0 1\n0000000000 65535 f \n${lines.join('')}`;
  const trailer = `trailer << /Size ${(numbers.at(-1) ?? 0) + 1} /Root ${root[1]} ${root[2]} R >>\n`;
  return Buffer.concat([
    bytes,
    Buffer.from(`${table}${trailer}startxref\n${bytes.length + 1}\n%%EOF\n`, 'latin1'),
  ]);
}
