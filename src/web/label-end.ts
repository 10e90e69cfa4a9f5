/** How a label ends, in any script, also where it is marked as being in another language than the page. */
import { withoutMarks } from '#language';

/** @returns whether it ends in one of these signs */
export const endsIn = (label: string, signs: string): boolean =>
  signs.includes(withoutMarks(label).at(-1) ?? '\n');

/**
 * @param signs that are taken off where they end the label, with white space
 * @returns the label without them, so that something can follow; its marks stay
 */
export function openEnded(label: string, signs = '…?؟:.'): string {
  const plain = withoutMarks(label);
  let end = plain.length;
  while (end > 0 && (signs.includes(plain[end - 1] ?? '') || /\s/.test(plain[end - 1] ?? ''))) end -= 1;
  const rest = plain.slice(end);
  const at = label.lastIndexOf(rest);
  return rest === '' || at < 0 ? label : label.slice(0, at) + label.slice(at + rest.length);
}
