import { correction, generate, mode } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import type { Html } from '../jsx/jsx-runtime.ts';

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
      <path d={toSvgPath(code)} fill="#000" />
    </svg>
  );
}
