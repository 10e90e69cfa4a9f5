/** Shapes as SVG path data, so that a pictogram is one path in one line weight. */

/** A circle around (x, y). */
export const ring = (x: number, y: number, radius: number): string =>
  `M${x - radius} ${y}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;

/** A rectangle with rounded corners. */
export const box = (x: number, y: number, width: number, height: number, round = 2): string => {
  const corner = (dx: number, dy: number) => `a${round} ${round} 0 0 1 ${dx} ${dy}`;
  return `M${x + round} ${y}h${width - 2 * round}${corner(round, round)}v${height - 2 * round}${corner(-round, round)}h${
    2 * round - width
  }${corner(-round, -round)}v${2 * round - height}${corner(round, -round)}`;
};

/** A dot: a line so short that only its round caps show. */
export const dot = (x: number, y: number): string => `M${x} ${y}v.01`;

/** Several path pieces as one path. */
export const path = (...pieces: string[]): string => pieces.join('');
