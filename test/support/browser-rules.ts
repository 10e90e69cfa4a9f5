/** What the look demands of pages in normal size, and WCAG where people set their letters apart. Measured, never painted. */

/** Above this nobody in a wheelchair reaches, where a terminal's screen stands upright (1,220 mm, its edge at 750 mm). */
const HIGHEST = 412;
/** Where things to touch begin for small people and deep knee space; with the ring of what has the focus. */
const LOW = 788;
/** Kinds of pages that have a place of their own for each thing, or are all one thing to touch. */
const PLACED = ['idle', 'home', 'closed'];

/** Runs in the page. @returns more than one filled area that can be touched: the one next step */
function filledTwice(): string[] {
  const probe = document.body.appendChild(document.createElement('i'));
  probe.style.color = 'var(--accent)';
  const accent = getComputedStyle(probe).color;
  probe.remove();
  const filled = [...document.querySelectorAll('main :is(a, button, summary, label)')].filter(
    (one) => one.checkVisibility() && getComputedStyle(one).backgroundColor === accent,
  );
  const words = filled.map((one) => one.textContent?.trim().slice(0, 20));
  return filled.length > 1 ? [`filled are ${words.join(' and ')}`] : [];
}

/** Runs in the page. @returns what can be touched above a height, where the screen stands upright */
function tooHigh(highest: number, placed: readonly string[]): string[] {
  const kind = document.querySelector('main')?.dataset.kind ?? '';
  if (window.innerWidth > window.innerHeight || placed.includes(kind)) return [];
  const touched = 'main :is(a[href], button, summary, select, textarea, input:not([type="hidden"]))';
  return [...document.querySelectorAll<HTMLElement>(touched)]
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility())
    .map((one) => one.closest('label') ?? one)
    .filter((one) => one.getBoundingClientRect().top < highest)
    .map(
      (one) => `${one.tagName.toLowerCase()} "${one.textContent?.trim().slice(0, 20)}" above ${highest} px`,
    );
}

/** Runs in the page. @returns by how many pixels its answers, its question or all of it go on below the edge */
function below(): number {
  const over = (one: Element | null): number => (one ? one.scrollHeight - one.clientHeight : 0);
  const parts = ['main .do', 'main .say', 'main'].map((one) => over(document.querySelector(one)));
  return Math.max(0, ...parts, document.documentElement.scrollHeight - window.innerHeight);
}

/** Runs in the page. @returns what is lost where letters, words, lines and paragraphs stand apart (WCAG 1.4.12) */
function spacedMisfits(): string[] {
  const style = document.createElement('style');
  style.textContent =
    '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }' +
    'p { margin-bottom: 2em !important }';
  document.head.append(style);
  for (const menu of document.querySelectorAll('details')) menu.open = true;
  const { measures } = window as unknown as { measures: (() => string[])[] };
  const found = measures.flatMap((each) => each());
  style.remove();
  // A word that is broken is not lost.
  return found.filter((one) => !one.endsWith('is broken')).map((one) => `set apart: ${one}`);
}

/** How a page lies on a screen in normal size. */
export interface Lies {
  /** What breaks a rule. */
  found: string[];
  /** By how many pixels it goes on below the edge; 0 where it is no terminal's. */
  below: number;
  /** How many answers it offers where it asks for one. */
  answers: number;
}

/** What looks how a page lies, as text for a browser: a function of whether letters are set apart there. */
export const RULES = `(apart) => {
  ${filledTwice} ${tooHigh} ${below} ${spacedMisfits}
  const { dataset } = document.documentElement;
  const lies = { found: [], below: 0, answers: document.querySelectorAll('[data-kind="choice"] [type="radio"]').length };
  if (dataset.mode === 'terminal') {
    lies.below = below();
    lies.found.push(...filledTwice(), ...tooHigh(${HIGHEST}, ['idle']));
    dataset.reach = 'low';
    lies.found.push(...tooHigh(${LOW}, ${JSON.stringify(PLACED)}));
    delete dataset.reach;
  }
  if (apart) lies.found.push(...spacedMisfits());
  return lies;
}`;
