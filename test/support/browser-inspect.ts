/** Looks at a page the way people with other eyes, hands and screens meet it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 up to AA, and the size of targets, which axe leaves out unless asked. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface AxeResults {
  violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
  incomplete: { id: string; nodes: unknown[] }[];
}

/** What axe says about a page: what is wrong, and how often it could not tell, by rule. */
export interface AxeFindings {
  violations: string[];
  incomplete: Record<string, number>;
}

/** Lets what sticks to the screen's edge lie in the page: what is behind it only until somebody scrolls is not hidden. */
function unstick(page: Page, position: 'static' | ''): Promise<void> {
  return page.evaluate((value) => {
    for (const one of document.querySelectorAll<HTMLElement>('.dock, .go')) one.style.position = value;
  }, position);
}

/** What is looked for: everything; what depends on words, which is all that another language changes; or colours alone. */
export type Subject = 'all' | 'words' | 'colours';

/** Rules that a missing or another word can break: names, labels, languages, titles, and the size of what wraps. */
const OF_WORDS = [
  ...['aria-command-name', 'aria-input-field-name', 'aria-progressbar-name', 'aria-toggle-field-name'],
  ...['button-name', 'document-title', 'empty-heading', 'form-field-multiple-labels', 'html-has-lang'],
  ...['html-lang-valid', 'image-alt', 'input-button-name', 'label', 'link-name', 'select-name'],
  ...['summary-name', 'svg-img-alt', 'target-size', 'valid-lang', 'label-content-name-mismatch'],
];

const LOOKS_FOR: Record<Subject, (newColours: boolean) => object | undefined> = {
  all: (enabled) => ({
    runOnly: { type: 'tag', values: TAGS },
    rules: { 'target-size': { enabled: true }, 'color-contrast': { enabled } },
  }),
  words: () => ({ runOnly: { type: 'rule', values: OF_WORDS } }),
  colours: (enabled) => (enabled ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : undefined),
};

/** Runs in the page. @returns what decides about the contrast of each text: how it looks, and in what it stands */
function looksOfTexts(): string[] {
  const looks = new Set<string>();
  const places = new Map<Element, string>();
  const placeOf = (element: Element | null): string => {
    if (!element) return '';
    const known = places.get(element);
    if (known !== undefined) return known;
    const place = `${placeOf(element.parentElement)}>${element.tagName}.${element.getAttribute('class') ?? ''}`;
    places.set(element, place);
    return place;
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { data, parentElement: parent } = node as Text;
    if (!parent || data.trim() === '' || !parent.checkVisibility()) continue;
    const { color, backgroundColor, fontSize, fontWeight, opacity } = getComputedStyle(parent);
    looks.add([color, backgroundColor, fontSize, fontWeight, opacity, placeOf(parent)].join(' '));
  }
  return [...looks];
}

/** Texts whose contrast has been measured. */
const measured = new Set<string>();

/**
 * Contrast takes half the time of all that axe looks for, and on most pages all texts look, and stand, as on pages before.
 * @returns whether some text on this page looks as none has until now
 */
async function hasNewColours(page: Page): Promise<boolean> {
  const before = measured.size;
  for (const look of await page.evaluate(looksOfTexts)) measured.add(look);
  return measured.size > before;
}

/** Runs axe in the page; it comes through the debugger, so that the page's policy can stay as it is. */
export async function axe(page: Page, subject: Subject = 'all'): Promise<AxeFindings> {
  const options = LOOKS_FOR[subject](subject !== 'words' && (await hasNewColours(page)));
  if (!options) return { violations: [], incomplete: {} };
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  await unstick(page, 'static');
  const found = await page.evaluate(async (looked) => {
    const { axe: engine } = window as unknown as { axe: { run(looked: object): Promise<AxeResults> } };
    return engine.run({ preload: false, resultTypes: ['violations'], ...looked });
  }, options);
  await unstick(page, '');
  return {
    violations: found.violations.flatMap((rule) =>
      rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')} (${node.failureSummary})`),
    ),
    incomplete: Object.fromEntries(found.incomplete.map((rule) => [rule.id, rule.nodes.length])),
  };
}

/** Surfaces that words must stay within. */
const SURFACES = [
  ...['.kern-btn', '.bar-item', '.tile', '.choice', '.card', '.place', '.summary', '.big-code'],
  ...['.entry', '.kern-alert', '.counted-line', '.desk-nav'],
].join();
/** Where a word stays in one piece, if the screen has room for it. */
const WHOLE = [
  ...['.kern-btn', '.bar-item', '.tile-title', '.choice-title', '.counted-title', '.big-code-code'],
  ...['.back', '.path-name', '.title h1'],
].join();
/** A word longer than this part of the screen may be broken: phones do it at a syllable. */
const LONG = 0.6;

/** Runs in the page. @returns boxes wider than the screen or outside it, and content that is cut off */
function boxesThatMisfit(): string[] {
  const found: string[] = [];
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) found.push(`the page is ${wide} px too wide`);
  const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
  // What only those hear who need it has no place on the screen.
  const unseen = new Set<Element | null>();
  for (const element of document.body.querySelectorAll('*')) {
    const { left, right, width: own } = element.getBoundingClientRect();
    if (unseen.has(element.parentElement) || getComputedStyle(element).clipPath === 'inset(50%)') {
      unseen.add(element);
      continue;
    }
    if (own === 0 || element.closest('.kern-sr-only, .skip, .table-scroll')) continue;
    const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class')}`;
    if (left < -0.5 || right > width + 0.5)
      found.push(`${name} reaches from ${Math.round(left)} to ${Math.round(right)}`);
    const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
    // What the head of a phone shortens, with a sign, stands whole in the window's title.
    const shortened = textOverflow === 'ellipsis' && element.matches('.head-about');
    if (shortened) unseen.add(element);
    const hidden =
      (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (hidden && !shortened && !element.matches('input, textarea'))
      found.push(`${name} cuts off its content`);
  }
  return found;
}

/** Runs in the page. @returns words outside the surface they lie on, and words broken although there is room */
function wordsThatMisfit([surfaces, whole, long]: readonly [string, string, number]): string[] {
  const found: string[] = [];
  const room = document.documentElement.clientWidth * long;
  const range = document.createRange();
  const boxesOf = (node: Node, from: number, to: number): DOMRect[] => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((box) => box.width > 0);
  };
  const linesOf = (boxes: readonly DOMRect[]): number =>
    new Set(boxes.map((box) => Math.round(box.top))).size;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const { data, parentElement: parent } = node as Text;
    if (!parent || data.trim() === '' || parent.closest('.kern-sr-only')) continue;
    const boxes = boxesOf(node, 0, data.length);
    const surface = parent.closest(surfaces)?.getBoundingClientRect();
    const stays = (box: DOMRect): boolean =>
      surface === undefined ||
      (box.left > surface.left - 1 &&
        box.right < surface.right + 1 &&
        box.top > surface.top - 1 &&
        box.bottom < surface.bottom + 1);
    if (!boxes.every(stays)) found.push(`"${data.trim()}" reaches out of its surface`);
    if (linesOf(boxes) < 2 || !parent.closest(whole)) continue;
    for (const { index, 0: word } of data.matchAll(/[^\s\-–/\u00ad]+/g)) {
      // The box of a word's first letter may hold the hyphen of the line before.
      const pieces = boxesOf(node, index + Math.min(1, word.length - 1), index + word.length);
      const length = pieces.reduce((sum, box) => sum + box.width, 0);
      if (linesOf(pieces) > 1 && length < room) found.push(`"${word}" is broken`);
    }
  }
  return found;
}

/** What measures a page, as text for a browser: functions that say what does not fit. */
export const MEASURES = `[${boxesThatMisfit}, () => (${wordsThatMisfit})(${JSON.stringify([SURFACES, WHOLE, LONG])})]`;

/** Opens the page's menus, or closes those again that were opened so. */
function menus(page: Page, open: boolean): Promise<void> {
  return page.evaluate((opens) => {
    for (const menu of document.querySelectorAll(opens ? 'details:not([open])' : 'details[data-opened]')) {
      menu.toggleAttribute('open', opens);
      menu.toggleAttribute('data-opened', opens);
    }
  }, open);
}

/** @returns what does not fit in the page as it stands, its menus opened */
export async function misfits(page: Page): Promise<string[]> {
  await menus(page, true);
  const boxes = await page.evaluate(boxesThatMisfit);
  const words = await page.evaluate(wordsThatMisfit, [SURFACES, WHOLE, LONG] as const);
  await menus(page, false);
  return [...boxes, ...words];
}
