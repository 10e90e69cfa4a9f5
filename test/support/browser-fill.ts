/** Fills in a page in a browser, field by field. */
import type { Locator, Page } from 'playwright-core';
import { sampleFile } from '#play';
import type { JourneyStep } from '#service';
import { leads } from '#test/browser';
import type { Hand } from '#test/browser-hands';

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

async function fillField(page: Page, name: string, value: string, hand: Hand): Promise<void> {
  if ((await field(page, name).count()) === 0) await openEntry(page, name, hand);
  const one = field(page, name).first();
  const type = await one.evaluate((element) => (element as HTMLInputElement).type);
  if (type === 'select-one') return pickCountry(page, one, value, hand);
  const sample = sampleFile(value);
  if (type === 'file' && sample)
    await one.setInputFiles({ name: sample.name, mimeType: sample.mediaType, buffer: sample.content });
  else if (type === 'radio' || type === 'checkbox') {
    const wanted = value === 'first-free' ? one : main(page).locator(`[name="${name}"][value="${value}"]`);
    await hand.choose(page, wanted);
  } else await hand.type(page, one, value);
}

/** Answers a page as a step says; @param household stands in for the own house number */
export async function fillIn(page: Page, step: JourneyStep, hand: Hand, household: string): Promise<void> {
  for (const [name, value] of Object.entries(step.fill)) {
    const own =
      name === 'address.houseNumber' && typeof value === 'string'
        ? value.replace(/^\d+(-\d+)?/, household)
        : value;
    for (const single of typeof own === 'string' ? [own] : own) await fillField(page, name, single, hand);
  }
}
