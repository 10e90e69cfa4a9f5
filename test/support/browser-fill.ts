/** Fills in a page in a browser, field by field. */
import type { Locator, Page } from 'playwright-core';
import { sampleFile } from '#play';
import type { JourneyStep } from '#service';
import { leads } from '#test/browser';
import type { Hand } from '#test/browser-hands';
import type { ChosenFile } from '#test/citizen';

const main = (page: Page): Locator => page.locator('main');
const field = (page: Page, name: string): Locator =>
  main(page).locator(`[name="${name}"]:not([type="hidden"])`);

/** An entry of a group that the page does not show yet: open it, or add one. */
async function openEntry(page: Page, name: string, hand: Hand): Promise<void> {
  const [, group = '', index = ''] = /^(\w+)\[(\d+)\]\./.exec(name) ?? [];
  const button = (action: string): Locator => page.locator(`button[name="_action"][value="${action}"]`);
  const edit = button(`edit:${group}:${index}`);
  const target = (await edit.count()) > 0 ? edit : button(`add:${group}`);
  await leads(page, () => hand.press(page, target));
}

/** With script, a list of countries is a field to type into. */
async function pickCountry(page: Page, list: Locator, code: string, hand: Hand): Promise<void> {
  const words = (await list.locator(`option[value="${code}"]`).textContent())?.trim() ?? '';
  const name = await list.getAttribute('name');
  const typed = page.locator(`am-country:has(select[name="${name}"]) input`);
  if ((await typed.count()) > 0) await hand.type(page, typed, words);
  else await hand.pick(page, list, words);
}

/** With script, things in a list are counted by pressing, and nothing is typed. */
async function count(page: Page, input: Locator, value: string, hand: Hand): Promise<void> {
  const [minus, plus] = [-1, 1].map((step) => input.locator(`xpath=..//button[@value="${step}"]`));
  for (let by = Number(value) - Number(await input.inputValue()); by !== 0; by -= Math.sign(by))
    await hand.press(page, (by > 0 ? plus : minus) as Locator);
}

const phones = new WeakMap<Page, { code: string; phone: Page }>();

/** The phone that has used a terminal's code: sent away, it would take along what it sent. */
async function phoneAt(page: Page, code: string): Promise<Page> {
  const known = phones.get(page);
  if (known?.code === code) return known.phone;
  await known?.phone.context().close();
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: new URL(page.url()).origin });
  const phone = await context?.newPage();
  if (!phone) throw new Error('no phone');
  await phone.goto(code);
  await leads(phone, () => phone.locator('main .go-on button').click());
  phones.set(page, { code, phone });
  return phone;
}

/** A terminal takes documents from a phone, which opens the code that is on the screen. */
async function sendByPhone(page: Page, name: string, file: ChosenFile): Promise<void> {
  const kept = page.locator(`main button[value="drop:${name}"]`);
  if (await kept.isVisible()) await leads(page, () => kept.click());
  const code = new URL((await page.locator('[data-photo]').getAttribute('data-photo')) ?? '').pathname;
  const phone = await phoneAt(page, code);
  const send = phone.locator('main .go-on button');
  await phone.goto(`${code}?of=${name}`);
  const chosen = { name: file.name, mimeType: file.mediaType, buffer: file.content };
  await phone.locator(`input[name="${name}"]`).last().setInputFiles(chosen);
  await leads(phone, () => send.click());
  // With script the terminal shows it by itself.
  const look = page.locator('main button[value="look"]');
  if (await look.isVisible()) await leads(page, () => look.click());
  await page.locator(`#f-${name} .file-kept`).waitFor();
}

/** @returns an answer that leads on when it is touched, untouched: with script, where it is all that the page asks */
async function fillField(page: Page, name: string, value: string, hand: Hand): Promise<Locator | undefined> {
  const sample = sampleFile(value);
  if (sample && (await field(page, name).count()) === 0) {
    await sendByPhone(page, name, sample);
    return undefined;
  }
  if ((await field(page, name).count()) === 0) await openEntry(page, name, hand);
  const one = field(page, name).first();
  const [type, readOnly] = await one.evaluate((element) => {
    const { type, readOnly } = element as HTMLInputElement;
    return [type, readOnly] as const;
  });
  if (type === 'select-one') {
    await pickCountry(page, one, value, hand);
    return undefined;
  }
  if (type === 'file' && sample)
    await one.setInputFiles({ name: sample.name, mimeType: sample.mediaType, buffer: sample.content });
  else if (type === 'radio' || type === 'checkbox') {
    const wanted = value === 'first-free' ? one : main(page).locator(`[name="${name}"][value="${value}"]`);
    const leads = hand.touches && (await wanted.evaluate((one) => one.closest('am-choice:defined') !== null));
    if (leads) return wanted;
    await hand.choose(page, wanted);
  } else if (readOnly) await count(page, one, value, hand);
  else await hand.type(page, one, value);
  return undefined;
}

/**
 * Answers a page as a step says.
 * @param household stands in for the own house number
 * @returns what is to be touched instead of the button that leads on; undefined where that button leads on
 */
export async function fillIn(
  page: Page,
  step: JourneyStep,
  hand: Hand,
  household: string,
): Promise<Locator | undefined> {
  let leading: Locator | undefined;
  for (const [name, value] of Object.entries(step.fill)) {
    const own =
      name.endsWith('.houseNumber') && typeof value === 'string'
        ? value.replace(/^\d+(-\d+)?/, household)
        : value;
    for (const single of typeof own === 'string' ? [own] : own)
      leading = (await fillField(page, name, single, hand)) ?? leading;
  }
  return leading;
}
