import { type Bitmap2D, correction, generate, mode } from 'lean-qr';
import type { Html } from '../jsx/jsx-runtime.ts';

/** @returns one flat rectangle for each run of dark squares in a row, as SVG path data */
function pathOf(code: Bitmap2D): string {
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      const from = x;
      while (code.get(x, y)) x += 1;
      if (x > from) path += `M${from} ${y}h${x - from}v1h${from - x}z`;
    }
  }
  return path;
}

/**
 * A QR code as one SVG path: sharp at every size, no image to load.
 * @param props.text what it holds, an address in Latin letters; keep secrets behind `#`
 * @param props.label what it is for, for people who cannot see it
 */
export function QrCode(props: { text: string; label: string }): Html {
  const code = generate(mode.iso8859_1(props.text), { minCorrectionLevel: correction.M });
  const edge = code.size + 8;
  return (
    <svg class="qr" viewBox={`-4 -4 ${edge} ${edge}`} role="img" aria-label={props.label}>
      <rect x={-4} y={-4} width={edge} height={edge} fill="#fff" />
      <path d={pathOf(code)} fill="#000" shape-rendering="crispEdges" />
    </svg>
  );
}
