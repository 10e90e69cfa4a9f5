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

/** So much of what scrolls is new at each step. */
const PART = 0.8;

/** What scrolls alone here, where anything does. */
const scrollers = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>('dialog[open], main .do, main .say, #main')].filter(
    (one) => one.scrollHeight - one.clientHeight > 1 && getComputedStyle(one).overflowY === 'auto',
  );

const isBefore = (one: Element, other: Element): boolean =>
  (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;

/**
 * Shows more of a text before the arrows leave it or jump over it: who has nothing but them could not read it otherwise.
 * @param next what would have the focus then
 * @returns whether there was more to show
 */
function showsMore(area: HTMLElement, by: 1 | -1, here: Element, next: Element | undefined): boolean {
  const { scrollTop, scrollHeight, clientHeight } = area;
  if ((by > 0 ? scrollHeight - clientHeight - scrollTop : scrollTop) <= 1) return false;
  const part = clientHeight * PART;
  const isOnTheWay =
    next !== undefined && area.contains(next) ? beyond(area, next, by) > part : isLeft(area, by, here, next);
  if (isOnTheWay) area.scrollBy({ top: by * part });
  return isOnTheWay;
}

/** @returns how far beyond what is seen of an area something in it lies */
function beyond(area: Element, inside: Element, by: 1 | -1): number {
  const [zone, box] = [area.getBoundingClientRect(), inside.getBoundingClientRect()];
  return by > 0 ? box.bottom - zone.bottom : zone.top - box.top;
}

/** @returns whether an area lies between two places outside it, or is left for the second */
function isLeft(area: Element, by: 1 | -1, here: Element, next: Element | undefined): boolean {
  if (area.contains(here)) return true;
  const isAhead = (one: Element, other: Element): boolean =>
    by > 0 ? isBefore(one, other) : isBefore(other, one);
  const isNextFirst = next !== undefined && isAhead(here, next) && isAhead(next, area);
  return isAhead(here, area) && !isNextFirst;
}

/**
 * Goes on to the next thing that can be touched, or back to the one before; round again at the end. Text that scrolls comes first.
 * @param here from where; what has the focus, unless it is said
 */
export function step(by: 1 | -1, here: Element | null = document.activeElement): void {
  const all = touched();
  const at = all.indexOf(here as HTMLElement);
  const isBehind = (one: HTMLElement): boolean => here === null || isBefore(here, one);
  const behind = all.findIndex(isBehind);
  // From where nothing can be touched, as the heading, on to what follows it or stands before it.
  const between = by > 0 ? behind : (behind === -1 ? all.length : behind) - 1;
  const next = all.at((at === -1 ? between : at + by) % all.length);
  if (here !== null && scrollers().some((area) => showsMore(area, by, here, next))) return;
  next?.focus();
  // As Tab does.
  if (next instanceof HTMLInputElement) next.select();
  next?.scrollIntoView({ block: 'nearest' });
}
