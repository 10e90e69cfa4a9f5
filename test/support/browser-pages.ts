/** Leads a person over every page that citizens can meet. */
import type { Browser, Page } from 'playwright-core';
import type { CompiledService, ExampleJourney, Language } from '#service';
import { comes, leads, type Person } from '#test/browser';
import { type BrowserReceipt, chooseLanguage, playInBrowser, services } from '#test/browser-journey';
import type { RunningOffice } from '#test/running-office';

/** Called once for every page; `state` names it, for example `sperrmuell/address with errors`. */
export type Look = (page: Page, state: string) => Promise<void>;

/** Journeys that together meet every page of the service, found one after the other by how many new pages each brings. */
function coveringJourneys(service: CompiledService): ExampleJourney[] {
  const open = new Set(service.pages.map((page) => page.id));
  const chosen: ExampleJourney[] = [];
  const gain = (journey: ExampleJourney): number =>
    new Set(journey.steps.map((step) => step.page).filter((page) => open.has(page))).size;
  const left = service.journeys.filter((journey) => journey.expect.outcome === 'submitted');
  for (;;) {
    const best = left.toSorted((one, other) => gain(other) - gain(one))[0];
    if (!best || gain(best) === 0) return chosen;
    chosen.push(best);
    for (const step of best.steps) open.delete(step.page);
  }
}

async function beforeAnyService(person: Person, look: Look): Promise<void> {
  const { page } = person;
  const at = async (path: string, state: string): Promise<void> => {
    await page.goto(path);
    await look(page, state);
  };
  await at('/', 'home');
  await at(`/search?q=${encodeURIComponent('Kühlschrank')}`, 'search');
  await at('/search?q=xyzzy', 'search without a result');
  await at('/help', 'help');
  await at('/no-such-page', 'not found');
  for (const { slug, fulfilment } of services())
    if (fulfilment !== 'case') await at(`/service/${slug}`, slug);
  await at('/status', 'status');
  await page.fill('[name="number"]', '123');
  await leads(page, () => page.click('main button:visible'));
  await look(page, 'status with errors');
}

async function bothServices(person: Person, language: Language, look: Look): Promise<BrowserReceipt> {
  const seen = new Set<string>();
  const once = async (state: string): Promise<void> => {
    if (seen.has(state)) return;
    seen.add(state);
    await look(person.page, state);
  };
  let booked: BrowserReceipt | undefined;
  for (const service of services()) {
    for (const journey of coveringJourneys(service)) {
      const receipt = await playInBrowser(person.page, service.slug, journey, {
        ...{ language, provoke: () => true, look: once },
      });
      if (service.slug === 'sperrmuell') booked = receipt;
    }
  }
  if (!booked) throw new Error('no pick-up was booked');
  return booked;
}

async function ownCase(person: Person, receipt: BrowserReceipt, look: Look): Promise<void> {
  const { page } = person;
  await page.goto('/status');
  await page.fill('[name="number"]', receipt.number);
  await page.fill('[name="code"]', receipt.code);
  await leads(page, () => page.click('main button:visible'));
  await look(page, 'own case');
  await leads(page, () => page.click('form[action="/status/case/answer"] button:visible'));
  await look(page, 'own case with an empty answer');
  await page.click('details.withdraw summary');
  await leads(page, () => page.click('form[action="/status/case/withdraw"] button:visible'));
  await look(page, 'own case not withdrawn');
  await page.goto('/status/case/date');
  await look(page, 'other dates');
}

async function begunAndHandedOver(
  person: Person,
  browser: Browser,
  office: RunningOffice,
  look: Look,
): Promise<void> {
  const { page } = person;
  await page.goto('/service/sperrmuell');
  await leads(page, () => page.click('form[action="/service/sperrmuell"] button:visible'));
  await page.goto('/service/sperrmuell');
  await look(page, 'sperrmuell begun');
  await page.goto('/service/sperrmuell/what');
  await leads(page, () => page.click('form[action="/visit/handover"] button'));
  await look(page, 'handover');
  const link = (await page.getAttribute('[data-handover]', 'data-handover')) ?? '';
  const phone = await comes(browser, { origin: office.origin, on: 'phone' });
  await phone.page.goto(link);
  await look(phone.page, 'handover on the phone');
  await leads(phone.page, () => phone.page.click('main button:visible'));
  await phone.page.goto(link);
  await look(phone.page, 'handover used up');
  await phone.leave();
}

/**
 * Leads a person at a terminal over every page from home to farewell, errors included.
 * @param language in which the pages are shown, as far as a visit can have one there
 */
export async function visitEveryPage(
  browser: Browser,
  office: RunningOffice,
  language: Language,
  look: Look,
): Promise<void> {
  const person = await comes(browser, { origin: office.origin, terminal: 'rathaus-1' });
  const { page } = person;
  await chooseLanguage(page, language);
  await beforeAnyService(person, look);
  const receipt = await bothServices(person, language, look);
  await ownCase(person, receipt, look);
  await begunAndHandedOver(person, browser, office, look);
  await page.goto('/terminal/rathaus-1');
  await chooseLanguage(page, language);
  await leads(page, () => page.click('.bar form[action="/visit/end"] button'));
  await look(page, 'farewell');
  await person.leave();
}
