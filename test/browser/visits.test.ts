/** What a visit leaves behind, and what it does not: idle watch, end, another screen, opening hours, languages. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { comes, leads, openBrowser, type Person } from '#test/browser';
import { journeyOf, playInBrowser } from '#test/browser-journey';
import { MONDAY, type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
/** Typed on the way; must not be found once the visit has ended. */
const CANARY = 'Kanarien-Đặng';
const MINUTE = 60_000;

let office: RunningOffice;
let browser: Browser;
let people: Person[] = [];
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});
afterEach(async () => {
  const leaving = people;
  people = [];
  for (const person of leaving) await person.leave();
});

async function someone(more: Partial<Parameters<typeof comes>[1]> = {}): Promise<Person> {
  const person = await comes(browser, { origin: office.origin, ...more });
  people.push(person);
  return person;
}

/** Goes to the page with the address and leaves the name of the canary on it, sent. */
async function leavesAName(page: Page): Promise<void> {
  await playInBrowser(page, SERVICE, journeyOf(SERVICE, 'plain'), { until: 'address' });
  await page.fill('[name="address.street"]', 'Kaiserstraße');
  await page.fill('[name="address.houseNumber"]', '10');
  await page.fill('[name="address.postcode"]', '76133');
  await page.fill('[name="familyName"]', CANARY);
  await leads(page, () => page.press('[name="familyName"]', 'Enter'));
  assert.match(page.url(), /\/place$/);
}

async function pageOf(page: Page): Promise<string | null> {
  return page.locator('main').getAttribute('data-page');
}

/** Back, forth and reload, and whatever the browser keeps, show nothing of the person before. */
async function nothingIsLeft({ page, context }: Person): Promise<void> {
  assert.deepEqual(
    (await context.cookies()).filter(({ name }) => name.includes('visit')),
    [],
  );
  for (const act of [() => page.goBack(), () => page.goBack(), () => page.reload()]) {
    await act().catch(() => null);
    await page.waitForLoadState();
    assert.ok(!(await page.content()).includes(CANARY), `${page.url()} still knows the name`);
  }
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
  }));
  assert.deepEqual(kept, { local: [], session: [], caches: [] });
  await page.goto(`/service/${SERVICE}/address`);
  assert.equal(new URL(page.url()).pathname, `/service/${SERVICE}`);
}

describe('a terminal that nobody touches', () => {
  it('asks, gives more time as often as wanted, and then forgets the visit', async () => {
    const person = await someone({ terminal: 'rathaus-1' });
    const { page } = person;
    await leavesAName(page);
    await page.clock.install();
    await page.reload();
    const question = page.locator('am-idle dialog');
    for (let time = 0; time < 3; time += 1) {
      await page.clock.runFor(59_000);
      assert.equal(await question.isVisible(), false);
      await page.clock.runFor(2_000);
      assert.equal(await question.isVisible(), true);
      assert.match((await question.locator('[data-count]').textContent()) ?? '', /2\d|30/);
      await question.locator('[data-more]').click();
      assert.equal(await question.isVisible(), false);
    }
    await page.clock.runFor(61_000);
    await leads(page, () => page.clock.runFor(31_000));
    assert.equal(await pageOf(page), 'farewell');
    assert.equal(await page.locator('html').getAttribute('data-mode'), 'terminal');
    await nothingIsLeft(person);
  });

  it('is fresh for the next person after "Beenden", in German and with plain settings', async () => {
    const person = await someone({ terminal: 'rathaus-1' });
    const { page } = person;
    await playInBrowser(page, SERVICE, journeyOf(SERVICE, 'plain'), { until: 'address', language: 'en' });
    await leads(page, () => page.click('button[name="size"]'));
    await leads(page, () => page.click('.bar-end button'));
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    await page.goto('/terminal/rathaus-1');
    const html = page.locator('html');
    assert.deepEqual(
      [
        await html.getAttribute('lang'),
        await html.getAttribute('data-size'),
        await html.getAttribute('data-mode'),
      ],
      ['de', '1', 'terminal'],
    );
    await nothingIsLeft(person);
  });
});

describe('going on with one’s own phone', () => {
  async function link(page: Page): Promise<string> {
    await leads(page, () => page.click('form[action="/visit/handover"] button'));
    const url = await page.locator('[data-handover]').getAttribute('data-handover');
    assert.ok(url);
    return url;
  }

  it('carries all answers over, ends the visit at the terminal, and works once', async () => {
    const terminal = await someone({ terminal: 'rathaus-1' });
    await leavesAName(terminal.page);
    const cookies = await terminal.context.cookies();
    const url = await link(terminal.page);
    await nothingIsLeft(terminal);
    // Not even with the cookie that somebody copied before.
    await terminal.context.addCookies(cookies);
    await terminal.page.goto(`/service/${SERVICE}/address`);
    assert.ok(!(await terminal.page.content()).includes(CANARY));

    const phone = await someone({ on: 'phone' });
    await phone.page.goto(url);
    await phone.page.goto(url);
    await leads(phone.page, () => phone.page.click('main form button:visible'));
    await phone.page.goto(`/service/${SERVICE}/address`);
    assert.equal(await phone.page.inputValue('[name="familyName"]'), CANARY);

    const late = await someone({ on: 'phone' });
    const answer = await late.page.goto(url);
    assert.equal(answer?.status(), 410);
  });

  it('is over after fifteen minutes', async () => {
    const terminal = await someone({ terminal: 'rathaus-1' });
    await leavesAName(terminal.page);
    const url = await link(terminal.page);
    const phone = await someone({ on: 'phone' });
    office.pass(15 * MINUTE + 1_000);
    try {
      assert.equal((await phone.page.goto(url))?.status(), 410);
    } finally {
      office.setClock(MONDAY);
    }
  });
});

describe('a terminal outside its hours', () => {
  const shut = {
    'on Sunday': '2026-11-29T12:00:00+01:00',
    'on a public holiday of Baden-Württemberg': '2027-01-06T12:00:00+01:00',
    'a minute after five': '2026-11-23T17:01:00+01:00',
  };
  for (const [when, instant] of Object.entries(shut)) {
    it(`is closed ${when}, and home is open`, async () => {
      const { page } = await someone();
      await office.at(instant, async () => {
        await page.goto('/terminal/rathaus-1');
        assert.equal(await pageOf(page), 'closed');
        await page.goto(`/service/${SERVICE}`);
        assert.equal(await pageOf(page), 'closed');
        await page.goto('/terminal/zuhause');
        assert.equal(await page.locator('.tile').count(), 8);
      });
    });
  }

  it('lets a visit that has begun go on', async () => {
    const { page } = await someone({ terminal: 'rathaus-1' });
    await office.at('2026-11-23T16:59:00+01:00', () =>
      playInBrowser(page, SERVICE, journeyOf(SERVICE, 'plain'), { until: 'address' }),
    );
    await office.at('2026-11-23T17:03:00+01:00', async () => {
      await page.reload();
      assert.equal(await pageOf(page), 'address');
      await leads(page, () => page.click('.bar-end button'));
      await page.goto('/terminal/rathaus-1');
      assert.equal(await pageOf(page), 'closed');
    });
  });
});

describe('another language in the middle of a page', () => {
  for (const javaScriptEnabled of [true, false]) {
    it(`keeps what was typed but not sent, ${javaScriptEnabled ? 'with' : 'without'} script`, async () => {
      const { page } = await someone({ javaScriptEnabled });
      await playInBrowser(page, SERVICE, journeyOf(SERVICE, 'plain'), { until: 'address' });
      await page.fill('[name="familyName"]', CANARY);
      await page.fill('[name="address.postcode"]', '7613');
      const presses = [
        async () => {
          await page.click('am-bar summary');
          await page.click('button[name="language"][value="leicht"]');
        },
        () => page.click('button[name="size"]'),
        () => page.click('button[name="contrast"]'),
      ];
      for (const press of presses) {
        await leads(page, press);
        assert.equal(await page.inputValue('[name="familyName"]'), CANARY);
        assert.equal(await page.inputValue('[name="address.postcode"]'), '7613');
        assert.equal(await page.locator('[data-error]').count(), 0);
      }
      const html = page.locator('html');
      assert.deepEqual(
        [
          await html.getAttribute('class'),
          await html.getAttribute('data-size'),
          await html.getAttribute('data-contrast'),
        ],
        ['leicht', '2', 'high'],
      );
    });
  }
});
