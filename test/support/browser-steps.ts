/**
 * What people do outside the office's own forms, in a browser: sign in, use a device, visit another authority's portal,
 * pay. All of it with stand-ins, which speak as the real ones do.
 */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { JourneyStep } from '#service';
import { leads } from '#test/browser';
import type { Hand } from '#test/browser-hands';

/** Somebody at a page. */
export interface At {
  page: Page;
  hand: Hand;
  /** Whether pages can go on by themselves. */
  script: boolean;
}

/** Turns of PIN, CAN and PUK after which a device must have come to an end. */
const MOST_TURNS = 12;

const originOf = (page: Page): string => new URL(page.url()).origin;

/** A button of the page, by how its value begins. */
export const button = (page: Page, name: string, starts: string): Locator =>
  page.locator(`button[name="${name}"][value^="${starts}"]:visible`).first();

/** Tells a stand-in on the page of the trial office how to behave, beside what is on the screen. */
export async function tellStandIn(page: Page, name: string, value: string): Promise<void> {
  const panel = await page.context().newPage();
  await panel.goto('/sandbox');
  await leads(panel, () => panel.click(`button[name="${name}"][value="${value}"]`));
  await panel.close();
}

/** Types the code from the letter that has arrived at the practice landlord. */
async function showLetterCode({ page, hand }: At, look?: Look): Promise<void> {
  const panel = await page.context().newPage();
  await panel.goto('/sandbox');
  const code = (await panel.locator('[data-letter-code]').getAttribute('data-letter-code')) ?? '';
  await panel.close();
  const path = `${new URL(page.url()).pathname}/code`;
  await leads(page, () => hand.press(page, page.locator(`main a[href="${path}"]`)));
  await look?.('code');
  await hand.type(page, page.locator('main [name="code"]'), code);
  await leads(page, () => hand.press(page, page.locator(`main form[action="${path}"] button:visible`)));
}

/** Called on what comes beside the office's own pages of a service. */
type Look = (what: string) => Promise<void>;

/**
 * Signs a test person in, or goes on without; comes back to the same page.
 * @param person id of a test person, `cancel`, `letterCode` for whoever has a code by letter, or `without`
 * @param look called on the page that asks for the code
 */
export async function identify(at: At, person: string, look?: Look): Promise<void> {
  const { page, hand, script } = at;
  if (person === 'without') return leads(page, () => hand.press(page, button(page, '_action', 'without')));
  const [here, home] = [page.url(), originOf(page)];
  // The page may know that somebody has just come back.
  const isBack = ({ origin, pathname }: URL): boolean => origin + pathname === here;
  if (person === 'letterCode') {
    await showLetterCode(at, look);
    assert.ok(isBack(new URL(page.url())), page.url());
    return;
  }
  await leads(page, () => hand.press(page, button(page, '_action', 'identify:')));
  assert.notEqual(originOf(page), home, 'signing in leads to the provider');
  const choice = page.locator(`button[name="person"][value="${person}"]`);
  if (script) {
    await Promise.all([page.waitForURL(isBack), hand.press(page, choice)]);
    return;
  }
  await leads(page, () => hand.press(page, choice));
  // The provider's answer, and our page that passes it on.
  for (let hop = 0; hop < 2; hop += 1) {
    const onward = page.locator('form:has([name="SAMLResponse"]) button:visible');
    await leads(page, () => hand.press(page, onward));
  }
  assert.ok(isBack(new URL(page.url())), page.url());
}

/** Lays a test card on the reader, types what the journey says screen by screen, and comes back. */
export async function throughDevice(
  { page, hand }: At,
  { card, type }: NonNullable<JourneyStep['device']>,
): Promise<void> {
  const home = originOf(page);
  await tellStandIn(page, 'card', card);
  await leads(page, () => hand.press(page, button(page, '_action', 'device')));
  assert.notEqual(originOf(page), home, 'the terminal serves its own pages');
  const left = [...type];
  const secret = page.locator('main input[type="password"]');
  // The reader waits for a card that does not come: it was taken away, or it is none that can be read.
  const stuck = page.locator('main[data-page=cardGone], main[data-page=foreignCard]');
  const back = page.locator(`main a[href^="${home}/service/"]`);
  if (card === 'faulty') {
    // What the app cannot read it only notices as it comes: people lay it down again when nothing happens.
    await page.locator('main[data-page=insertCard]').waitFor();
    await tellStandIn(page, 'card', card);
  }
  for (let turn = 0; originOf(page) !== home; turn += 1) {
    assert.ok(turn < MOST_TURNS, 'the device comes to an end');
    await back.or(secret).or(stuck).first().waitFor();
    await page.waitForLoadState();
    if (await back.isVisible()) await leads(page, () => hand.press(page, back));
    else if (left.length === 0 || (await stuck.isVisible()))
      await leads(page, () => hand.press(page, button(page, '_action', 'cancel')));
    else {
      for (const one of await secret.all()) await hand.type(page, one, left.shift() ?? '');
      await leads(page, () => hand.press(page, button(page, '_action', 'next')));
    }
  }
}

/** Opens the portal in the window that the page opens for it, and closes that again. */
export async function visitPortal({ page, hand }: At): Promise<void> {
  const link = page.locator('main a[href$="/leave"]');
  const [portal] = await Promise.all([page.context().waitForEvent('page'), hand.press(page, link)]);
  await portal.waitForLoadState();
  assert.notEqual(originOf(portal), originOf(page), 'the portal is another authority’s');
  assert.equal(await portal.locator('h1').count(), 1);
  await portal.close();
}

/**
 * Pays what is due and comes to the receipt.
 * @param way as the journey wants it; at home there is no card terminal, so everybody pays on the page
 */
export async function pay({ page, hand }: At, way: 'card' | 'page'): Promise<void> {
  const done = page.url().replace(/\/pay$/, '/done');
  const byCard = button(page, 'way', 'card');
  if (way === 'card' && (await byCard.count()) > 0) {
    await Promise.all([page.waitForURL(done), hand.press(page, byCard)]);
    return;
  }
  const home = originOf(page);
  await leads(page, () => hand.press(page, button(page, 'way', 'page')));
  assert.notEqual(originOf(page), home, 'paying leads to the pay page');
  await Promise.all([page.waitForURL(done), hand.press(page, button(page, 'outcome', 'pay'))]);
}
