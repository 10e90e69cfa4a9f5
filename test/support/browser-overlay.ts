/**
 * Other pages laid over the one that a browser shows: the whole way of a navigation (styles, scripts, their compilation)
 * costs more than all that is looked at then, and is taken once.
 */
import type { Page } from 'playwright-core';
import type { LookedAt } from '#test/languages';

/** What has to be on the page that comes. */
export interface Shown {
  page: string | null;
  wrong: boolean;
}

/** Runs in the page. Sends what the last visible button that fits sends. @returns the page that comes back */
async function send(fits: string): Promise<string> {
  const all = [...document.querySelectorAll<HTMLButtonElement>(fits)];
  const button = all.filter((one) => one.checkVisibility()).at(-1) ?? all.at(-1);
  if (!button?.form) throw new Error(`no button fits ${fits}`);
  const said = new FormData(button.form, button);
  const isPlain = button.form.enctype !== 'multipart/form-data';
  const body = isPlain ? new URLSearchParams([...said].map(([name, value]) => [name, String(value)])) : said;
  const to = button.hasAttribute('formaction') ? button.formAction : button.form.action;
  return (await fetch(to, { method: 'POST', body })).text();
}

/** Runs in the page. Puts another one over it, or with none takes that away again. @returns whether it is the same page */
function cover([html, was]: readonly [string | undefined, Shown]): boolean {
  const kept = window as unknown as {
    under?: { body: HTMLElement; root: Map<string, string>; title: string };
  };
  const root = document.documentElement;
  // What a script has measured stays: the page's policy lets no document bring a style of its own.
  const attributesOf = (one: Element): Map<string, string> =>
    new Map(
      [...one.attributes].filter(({ name }) => name !== 'style').map(({ name, value }) => [name, value]),
    );
  const came = html === undefined ? undefined : new DOMParser().parseFromString(html, 'text/html');
  const isWrong = came?.querySelector('[data-error]') !== null;
  const isSame = came?.querySelector('main')?.getAttribute('data-page') === was.page && isWrong === was.wrong;
  if (came && !isSame) return false;
  kept.under ??= { body: document.body, root: attributesOf(root), title: document.title };
  const {
    body,
    root: attributes,
    title,
  } = came
    ? {
        body: document.adoptNode(came.body as HTMLElement),
        root: attributesOf(came.documentElement),
        title: came.title,
      }
    : kept.under;
  document.title = title;
  for (const name of attributesOf(root).keys()) root.removeAttribute(name);
  for (const [name, value] of attributes) root.setAttribute(name, value);
  document.body.replaceWith(body);
  if (!came) delete kept.under;
  return true;
}

const buttonFor = (language: LookedAt): string => `.bar button[name="language"][value="${language}"]`;

/**
 * Lays the same page in another language over the one that the browser shows.
 * @returns whether it came; what does not outlive another language does not
 */
export const overlay = async (page: Page, language: LookedAt, was: Shown): Promise<boolean> =>
  page.evaluate(cover, [await page.evaluate(send, buttonFor(language)), was] as const);

/**
 * Sends the page as it is, and lays what comes over it if that is the same page with what is wrong on it.
 * @returns whether it was
 */
export const overlayErrors = async (page: Page, id: string, button: string): Promise<boolean> =>
  page.evaluate(cover, [await page.evaluate(send, button), { page: id, wrong: true }] as const);

/** Takes away what was laid over the page, and lets the visit speak its language again. */
export async function uncover(page: Page, language: LookedAt, was: Shown): Promise<void> {
  const inVisit = (): Promise<boolean> =>
    page.evaluate(() => document.querySelector('[name="_csrf"]') !== null);
  await page.evaluate(send, buttonFor(language));
  const begun = await inVisit();
  await page.evaluate(cover, [undefined, was] as const);
  // The first choice of a language begins a visit, and the page was made without one.
  if (begun && !(await inVisit())) await page.reload();
}
