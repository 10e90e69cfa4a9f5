/** From one thing that can be touched to the next, as a terminal's arrows go. */

const TOUCHED = 'a[href], button, summary, select, textarea, input:not([type="hidden"])';

/** What can be touched now, in the order of reading: inside an open box only what belongs to it. */
function touched(): HTMLElement[] {
  const all = (document.querySelector('dialog[open]') ?? document).querySelectorAll<HTMLElement>(TOUCHED);
  return [...all].filter(
    (one) =>
      one.tabIndex >= 0 &&
      one.checkVisibility({ visibilityProperty: true }) &&
      !one.matches(':disabled, .skip'),
  );
}

/**
 * Goes on to the next thing that can be touched, or back to the one before; round again at the end.
 * @param here from where; what has the focus, unless it is said
 */
export function step(by: 1 | -1, here: Element | null = document.activeElement): void {
  const all = touched();
  const at = all.indexOf(here as HTMLElement);
  const isBehind = (one: HTMLElement): boolean =>
    here === null || (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
  const behind = all.findIndex(isBehind);
  // From where nothing can be touched, as the heading, on to what follows it or stands before it.
  const between = by > 0 ? behind : (behind === -1 ? all.length : behind) - 1;
  const next = all.at((at === -1 ? between : at + by) % all.length);
  next?.focus();
  // As Tab does.
  if (next instanceof HTMLInputElement) next.select();
  next?.scrollIntoView({ block: 'nearest' });
}
