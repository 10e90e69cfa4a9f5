/** The city's colour becomes a small set of colours that are safe to read. */

type Rgb = readonly [number, number, number];

function parse(hex: string): Rgb {
  const digits = /^#?([0-9a-f]{6})$/i.exec(hex)?.[1];
  if (digits === undefined) throw new Error('the accent colour must be written as #rrggbb');
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as unknown as Rgb;
}

function print(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  return colour.map((part, at) => part + ((other[at] ?? 0) - part) * share) as unknown as Rgb;
}

/** Relative luminance, WCAG 2.2. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @returns contrast of two colours written as #rrggbb, 1 to 21 (WCAG 2.2, 1.4.3) */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(parse(one)), luminance(parse(other))].sort((a, b) => b - a) as [
    number,
    number,
  ];
  return (light + 0.05) / (dark + 0.05);
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Darkens only as far as needed to stand on each of the backgrounds with the contrast asked for. */
function darkenUntil(colour: Rgb, backgrounds: readonly string[], wanted: number): Rgb {
  for (let share = 0; share < 1; share += 0.02) {
    const darker = mix(colour, BLACK, share);
    if (backgrounds.every((background) => contrast(print(darker), background) >= wanted)) return darker;
  }
  return BLACK;
}

/** The page's background; kept in step with `--paper` in the styles. */
const PAPER = '#faf7f2';

/**
 * Works out the colours that depend on the city.
 * @param accent `#rrggbb`
 * @returns a style sheet that sets them, for {@link assets}
 * @throws Error when the accent is not a colour of that form
 */
export function themeCss(accent: string): string {
  const base = parse(accent);
  const tint = mix(base, WHITE, 0.9);
  // The tint of a strong red or blue is darker than the paper, and the accent is written on both.
  const ink = darkenUntil(base, [PAPER, print(tint)], 5);
  const strong = darkenUntil(base, ['#ffffff'], 8);
  return [
    `:root{--accent:${print(ink)};--accent-strong:${print(strong)};--accent-pure:${print(base)};`,
    `--accent-tint:${print(tint)};--accent-line:${print(mix(base, WHITE, 0.65))}}`,
    `[data-contrast=high]{--accent:${print(strong)};--accent-tint:#fff;--accent-line:#000}`,
  ].join('');
}
