function channel(hex: string): number {
  const value = Number.parseInt(hex, 16) / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/**
 * @param colour `#rrggbb`
 * @returns the contrast ratio against white after WCAG 2.2, 1 to 21
 */
export function contrastWithWhite(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => channel(colour.slice(start, start + 2)));
  const luminance = 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
  return 1.05 / (luminance + 0.05);
}

/** What text has to have at least (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;
