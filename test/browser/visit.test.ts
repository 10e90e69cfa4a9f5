/** A visit's end at a terminal, going on on the phone, and opening hours. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { comes, leads, openBrowser, type Person } from '#test/browser';
import { finger } from '#test/browser-hands';
import { journeyOf, playInBrowser } from '#test/browser-journey';
import { button, identify, tellStandIn } from '#test/browser-steps';
import { eventually } from '#test/eventually';
import { MONDAY, type RunningOffice, startRunningOffice } from '#test/running-office';

let office: RunningOffice;
let browser: Browser;
before(async () => {
  [office, browser] = await Promise.all([startRunningOffice(), openBrowser()]);
});
after(async () => {
  await browser?.close();
  await office?.close();
});

/** What must be on no page after its visit: a family name that was typed, a street that an ID told. */
const CANARY = 'Đặng';
const FROM_ID = 'Erzbergerstraße';
const MORE = 'button[data-more]';
const DIALOG = 'dialog.idle[open]';

// The sign-in provider says 400 to whoever goes back to where each answer is given once.
const atTerminal = (): Promise<Person> =>
  comes(browser, { origin: office.origin, terminal: 'rathaus-1', hasTouch: true, said: [400] });

/** @returns the id of the visit in this browser */
async function visitOf({ context }: Person): Promise<string> {
  const cookie = (await context.cookies()).find((one) => one.name === '__Host-visit');
  return cookie?.value.split('.')[0] ?? '';
}

/** Walks through a plain journey until a page, which is shown then. @returns the visit's id */
async function until(person: Person, last: string): Promise<string> {
  const { page } = person;
  await playInBrowser(page, 'sperrmuell', journeyOf('sperrmuell', 'plain'), { until: last });
  await page.goto('/service/sperrmuell/address');
  assert.ok((await page.content()).includes(CANARY));
  await page.goto(`/service/sperrmuell/${last}`);
  return visitOf(person);
}

/** What a visit held, and where it did. */
interface Held {
  canary: string;
  at: string;
}

const TYPED: Held = { canary: CANARY, at: '/service/sperrmuell/address' };

/** Nothing of the visit can be called back in this browser, and the office has nothing of it either. */
async function nothingIsLeft(
  { page, context }: Person,
  visit: string,
  { canary, at }: Held = TYPED,
): Promise<void> {
  // The farewell leads to the welcome by itself, by a clock that may have run on.
  assert.match(new URL(page.url()).pathname, /^\/(?:farewell\/de|welcome)$/);
  const cookies = await context.cookies();
  assert.deepEqual(
    cookies.filter((one) => one.name.includes('visit')),
    [],
  );
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    caches: (await caches.keys()).length,
    databases: (await indexedDB.databases()).length,
  }));
  assert.deepEqual(kept, { local: 0, session: 0, caches: 0, databases: 0 });
  const withoutTrace = async (how: string): Promise<void> => {
    await page.waitForLoadState('load');
    const fields = await page
      .locator('input, textarea')
      .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value).join(' '));
    const shown = `${await page.content()} ${fields}`;
    assert.ok(
      !shown.includes(canary),
      `"${canary}" is shown again by ${how} at ${new URL(page.url()).pathname}`,
    );
  };
  await page.reload();
  await withoutTrace('reload');
  for (let steps = 0; steps < 4; steps += 1) {
    await page.goBack();
    await withoutTrace('Back');
  }
  await page.goForward();
  await withoutTrace('Forward');
  await page.goto(at);
  assert.equal(new URL(page.url()).pathname, at.replace(/\/[^/]+$/, ''));
  assert.equal(await page.locator('[name="_action"][value="restart"]').count(), 0, 'nothing was begun');
  const { db } = office;
  const rows = await db.selectFrom('visit').select('id').where('id', '=', visit).execute();
  const held = db.selectFrom('booking').select('id').where('state', '=', 'held');
  assert.deepEqual([...rows, ...(await held.where('visit_id', '=', visit).execute())], []);
}

async function secondsLeft(page: Page): Promise<number> {
  return Number(/\d+/.exec((await page.textContent('[data-count]')) ?? '')?.[0]);
}

describe('whoever walks away from a terminal', () => {
  it('is asked after a minute, may have more time again and again, and leaves nothing', async () => {
    const person = await atTerminal();
    const { page } = person;
    await page.clock.install();
    const visit = await until(person, 'review');
    // From here on time passes only when the test lets it: on a busy machine the real one would count along.
    await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1000);
    await page.locator('h1').tap();
    for (let times = 0; times < 12; times += 1) {
      await page.clock.runFor(59_000);
      assert.equal(await page.locator(DIALOG).count(), 0, 'not yet');
      await page.clock.runFor(2_000);
      await page.locator(DIALOG).waitFor();
      const left = await secondsLeft(page);
      await page.clock.runFor(10_000);
      assert.equal(left - (await secondsLeft(page)), 10);
      assert.equal(await page.evaluate(() => document.activeElement?.closest('dialog') !== null), true);
      if (times % 2 === 0) await page.tap(MORE);
      else await page.keyboard.press('Escape');
      assert.equal(await page.locator(DIALOG).count(), 0);
    }
    assert.ok((await page.content()).includes(CANARY), 'nothing was lost meanwhile');
    await page.clock.runFor(61_000);
    await page.locator(DIALOG).waitFor();
    await leads(page, () => page.clock.runFor(31_000));
    await nothingIsLeft(person, visit);
    await person.leave();
  });

  it('leaves nothing either when the receipt stays on the screen', async () => {
    const person = await atTerminal();
    const { page } = person;
    await page.clock.install();
    await playInBrowser(page, 'sperrmuell', journeyOf('sperrmuell', 'plain'));
    const visit = await visitOf(person);
    const number = (await page.getAttribute('[data-number]', 'data-number')) ?? '';
    // Longer than elsewhere: somebody may be writing both down.
    await page.clock.runFor(149_000);
    assert.equal(await page.locator(DIALOG).isVisible(), false);
    await page.clock.runFor(2_000);
    await leads(page, () => page.clock.runFor(31_000));
    await nothingIsLeft(person, visit);
    await page.goto('/service/sperrmuell/done');
    assert.ok(!(await page.content()).includes(number));
    await page.goto(`/papers/${number}/receipt.pdf`);
    assert.equal(await page.getAttribute('main', 'data-page'), 'notice');
    await person.leave();
  });
});

/** Does nothing any more, until the visit is over. */
async function walksAway({ page }: Person): Promise<void> {
  await page.clock.runFor(61_000);
  await page.locator(DIALOG).waitFor();
  await leads(page, () => page.clock.runFor(31_000));
}

describe('whoever walks away after an ID has told who they are', () => {
  const slug = 'fuehrungszeugnis';
  const told: Held = { canary: FROM_ID, at: `/service/${slug}/identity` };
  /** The payment that is due, and its case. */
  const due = () =>
    office.db
      .selectFrom('payment')
      .leftJoin('cases', 'cases.id', 'payment.case_id')
      .select(['payment.id', 'payment.state', 'payment.reason', 'cases.id as case'])
      .orderBy('payment.created_at', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
  const isGivenUp = async (): Promise<boolean> => {
    const { state, case: kept } = await due();
    return state === 'failed' && kept === null;
  };
  /** Goes on to the pay page; the answers wait for the money. @returns the visit's id */
  const toPay = async (person: Person): Promise<string> => {
    const { page } = person;
    await playInBrowser(page, slug, journeyOf(slug, 'plain'), { hand: finger, until: 'pay' });
    assert.equal(await page.getAttribute('main', 'data-page'), 'pay');
    const { state, case: kept } = await due();
    assert.deepEqual([state, kept !== null], ['intended', true]);
    return visitOf(person);
  };

  it('leaves nothing on the page that shows it', async () => {
    const person = await atTerminal();
    const { page } = person;
    await page.clock.install();
    await playInBrowser(page, slug, journeyOf(slug, 'plain'), { hand: finger, until: 'identity' });
    await identify({ page, hand: finger, script: true }, 'hans');
    assert.ok((await page.textContent('main'))?.includes(FROM_ID));
    const visit = await visitOf(person);
    await walksAway(person);
    await nothingIsLeft(person, visit, told);
    await person.leave();
  });

  it('leaves nothing on the pay page, and nothing is handed in', async () => {
    const person = await atTerminal();
    await person.page.clock.install();
    const visit = await toPay(person);
    await walksAway(person);
    await nothingIsLeft(person, visit, told);
    assert.ok(await isGivenUp());
    await person.page.goto(`/service/${slug}/pay`);
    assert.equal(new URL(person.page.url()).pathname, `/service/${slug}`);
    await person.leave();
  });

  it('leaves nothing while the card terminal waits for the card, which it stops doing', async () => {
    const person = await atTerminal();
    const { page } = person;
    await page.clock.install();
    const visit = await toPay(person);
    await tellStandIn(page, 'payment', 'timeOut');
    await leads(page, () => button(page, 'way', 'card').tap());
    await page.locator('[data-status="insertCard"]').waitFor();
    await walksAway(person);
    await nothingIsLeft(person, visit, told);
    await eventually('the payment is stopped', async () => (await due()).state === 'failed');
    assert.equal((await due()).reason, 'givenUp');
    office.pass(60 * 60_000);
    await office.work();
    assert.ok(await isGivenUp(), 'the case that nobody pays for goes as well');
    office.setClock(MONDAY);
    await person.leave();
  });
});

it('whoever presses "Beenden" leaves nothing, and the screen starts afresh by itself', async () => {
  const person = await atTerminal();
  const { page } = person;
  await page.clock.install();
  const visit = await until(person, 'review');
  const end = '.bar form[action="/visit/end"] button';
  const asked = 'dialog[data-shown="ask"]';
  // On pages with a form of their own, and on those without.
  for (const at of ['/service/sperrmuell', '/service/sperrmuell/review']) {
    await page.goto(at);
    await page.tap(end);
    await page.locator(`${asked} h1`).waitFor();
    await page.keyboard.press('Escape');
    await page.locator(asked).waitFor({ state: 'detached' });
    assert.equal(new URL(page.url()).pathname, at, 'whoever stays is where they were');
  }
  assert.ok((await page.content()).includes(CANARY), 'and loses nothing');
  await page.tap(end);
  await leads(page, () => page.tap(`${asked} form[action="/visit/end"] button`));
  await nothingIsLeft(person, visit);
  await page.goto('/terminal/rathaus-1');
  assert.equal(await page.locator(end).count(), 0, 'on the first page nothing has begun that could be ended');
  await page.goto('/service/sperrmuell');
  await leads(page, () => page.tap(end));
  assert.equal(await page.getAttribute('main', 'data-page'), 'farewell', 'nobody is asked who loses nothing');
  await leads(page, () => page.clock.runFor(16_000));
  assert.equal(new URL(page.url()).pathname, '/welcome');
  assert.equal(await page.getAttribute('html', 'data-mode'), 'terminal');
  await person.leave();
});

it('whoever comes back from help by a keypad goes on where they were, also on the keys of the screen', async () => {
  const person = await atTerminal();
  const { page } = person;
  await until(person, 'review');
  await page.goto('/service/sperrmuell/address');
  const help = page.locator('dialog[data-shown="help"]');
  const helped = async (opens: () => Promise<void>): Promise<void> => {
    await opens();
    await help.locator('h1:focus').waitFor();
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  };
  const f1 = (): Promise<void> => helped(() => page.keyboard.press('F1'));
  const field = page.locator('[name="address.street"]');
  await field.focus();
  await f1();
  assert.equal(await page.locator('[name="address.street"]:focus').count(), 1);
  for (const key of ['Enter', 'ArrowRight']) await page.keyboard.press(key);
  const key = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.closest<HTMLButtonElement>('am-keyboard button')?.value);
  const before = await key();
  await f1();
  assert.ok(before !== undefined);
  assert.equal(await key(), before);
  await helped(() => page.click('am-bar .bar-help'));
  assert.equal(await page.locator('.bar-help:focus').count(), 1, 'whoever touched the button is there again');
  await person.leave();
});

it('without script the visit still ends by "Beenden"', async () => {
  const person = await comes(browser, {
    ...{ origin: office.origin, terminal: 'rathaus-1', javaScriptEnabled: false },
  });
  const visit = await until(person, 'review');
  await leads(person.page, () => person.page.click('.bar form[action="/visit/end"] button'));
  await leads(person.page, () => person.page.click('main form[action="/visit/end"] button'));
  await nothingIsLeft(person, visit);
  await person.leave();
});

describe('going on on the phone', () => {
  /** Presses "Aufs Handy" and reads the code on the screen. */
  async function handOver(page: Page): Promise<string> {
    await page.tap('.bar form[action="/visit/handover"] button');
    await page.locator('dialog.layer-ask[open] h1').waitFor();
    return (await page.getAttribute('[data-handover]', 'data-handover')) ?? '';
  }

  it('takes all answers along, once, and leaves the terminal with nothing', async () => {
    const person = await atTerminal();
    await until(person, 'rules');
    const cookies = await person.context.cookies();
    const link = await handOver(person.page);
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/handover\/[\w-]{32}$/);

    const thief = await comes(browser, { origin: office.origin });
    await thief.context.addCookies(cookies);
    await thief.page.goto(link);
    assert.ok(!(await thief.page.content()).includes(CANARY), 'looking at the link shows nothing');
    await thief.leave();

    const comesWith = async (old: typeof cookies): Promise<void> => {
      const late = await comes(browser, { origin: office.origin });
      await late.context.addCookies(old);
      assert.equal(
        (await late.page.goto('/service/sperrmuell/address'))?.status(),
        410,
        'the old cookie is worth nothing',
      );
      assert.ok(!(await late.page.content()).includes(CANARY), 'and tells nothing');
      await late.leave();
    };
    const phone = await comes(browser, { origin: office.origin, on: 'phone', hasTouch: true });
    const { page } = phone;
    await page.goto(link);
    await leads(page, () => page.tap('main button:visible'));
    await person.page.waitForURL('**/visit/handover');
    assert.match((await person.page.textContent('main')) ?? '', /Ein Handy hat Ihren Besuch übernommen/);
    await comesWith(cookies);
    assert.equal(await page.getAttribute('html', 'data-mode'), 'phone');
    assert.equal(await page.getAttribute('main', 'data-page'), 'rules', 'on the page that was left');
    await leads(page, () => page.tap('main input[type="checkbox"]'));
    const review = (await page.textContent('main')) ?? '';
    for (const answer of [CANARY, 'Kaiserstraße', '0721 123456', 'Matratze'])
      assert.ok(review.includes(answer), `"${answer}" is missing`);
    await leads(page, () => page.tap('main button[type="submit"]:not(.back):visible'));
    assert.equal(await page.getAttribute('main', 'data-outcome'), 'submitted');
    await phone.leave();

    const late = await comes(browser, { origin: office.origin, on: 'phone' });
    const answer = await late.page.goto(link);
    assert.equal(answer?.status(), 410);
    await late.leave();
    await person.page.goBack();
    await person.page.waitForLoadState('load');
    assert.ok(!(await person.page.content()).includes(CANARY));
    await person.leave();
  });

  it('is possible for ten minutes', async () => {
    for (const [minutes, status] of [
      [9.9, 200],
      [10.1, 410],
    ] as const) {
      const person = await atTerminal();
      await until(person, 'contact');
      const link = await handOver(person.page);
      office.pass(minutes * 60_000);
      const phone = await comes(browser, { origin: office.origin, on: 'phone' });
      const answer = await phone.page.goto(link);
      assert.equal(answer?.status(), status, `after ${minutes} minutes`);
      await phone.leave();
      await person.leave();
      office.setClock(MONDAY);
    }
  });
});

describe('opening hours', () => {
  const CLOSED = {
    'on a Sunday': { at: '2026-11-22T12:00:00+01:00', opens: 'Montag, 23. November, 8 Uhr' },
    'on a public holiday of the state': {
      at: '2027-01-06T10:00:00+01:00',
      opens: 'Donnerstag, 7. Januar, 8 Uhr',
    },
    'after five': { at: '2026-11-23T17:01:00+01:00', opens: 'Dienstag, 24. November, 8 Uhr' },
  };
  for (const [when, { at, opens }] of Object.entries(CLOSED)) {
    it(`a terminal of the town hall is closed ${when}, and people's own screens are not`, async () => {
      await office.at(at, async () => {
        const person = await atTerminal();
        assert.equal(await person.page.getAttribute('main', 'data-page'), 'closed');
        assert.equal(await person.page.textContent('h1'), `Wieder offen: ${opens}`);
        await person.page.goto('/service/sperrmuell');
        assert.equal(await person.page.getAttribute('main', 'data-page'), 'closed');
        await person.leave();
        const home = await comes(browser, { origin: office.origin, on: 'phone' });
        await home.page.goto('/');
        assert.ok((await home.page.locator('.tile').count()) >= 8);
        await home.leave();
      });
    });
  }

  it('a visit that has begun may be finished after five', async () => {
    const person = await atTerminal();
    const { page } = person;
    office.setClock('2026-11-23T16:59:00+01:00');
    await until(person, 'rules');
    office.setClock('2026-11-23T17:01:00+01:00');
    await leads(page, () => page.tap('main input[type="checkbox"]'));
    await leads(page, () => page.tap('main button[type="submit"]:not(.back):visible'));
    assert.equal(await page.getAttribute('main', 'data-outcome'), 'submitted');
    await leads(page, () => page.tap('main form[action="/visit/end"] button:visible'));
    assert.equal(await page.getAttribute('main', 'data-page'), 'farewell');
    await page.goto('/terminal/rathaus-1');
    assert.equal(await page.getAttribute('main', 'data-page'), 'closed');
    await person.leave();
    office.setClock(MONDAY);
  });
});

/** A sheet of paper on a dark table. */
async function photo(): Promise<Buffer> {
  const table = { width: 1200, height: 800, channels: 3, background: '#456' } as const;
  const sheet = await sharp({ create: { ...table, width: 800, height: 600, background: '#fff' } })
    .png()
    .toBuffer();
  return sharp({ create: table })
    .composite([{ input: sheet, left: 200, top: 100 }])
    .jpeg()
    .toBuffer();
}

describe('a picture from a phone', () => {
  const SLUG = 'fuehrungszeugnis';
  const PAGE = `/service/${SLUG}/birthNameProof`;

  it('is turned and cropped there, and appears at the terminal, where nothing that was done is lost', async () => {
    const person = await atTerminal();
    const { page } = person;
    await playInBrowser(page, SLUG, journeyOf(SLUG, 'british-second'), { until: 'birthNameProof' });
    await page.locator('input[name="birthNameAffirmed"]').check();
    const code = new URL((await page.getAttribute('[data-photo]', 'data-photo')) ?? '').pathname;
    const phone = await comes(browser, { origin: office.origin, on: 'phone', hasTouch: true });
    await phone.page.goto(code);
    await leads(phone.page, () => phone.page.tap('main .go-on button:visible'));
    await page.locator('.camera-connected').waitFor();
    assert.ok(await page.locator('input[name="birthNameAffirmed"]').isChecked());
    assert.equal(
      await phone.page.locator('main .go-on button').isVisible(),
      false,
      'there is nothing to send',
    );
    const chosen = { name: 'IMG_1.jpg', mimeType: 'image/jpeg', buffer: await photo() };
    await phone.page.locator('input[capture]').setInputFiles(chosen);
    await phone.page.tap('.photo > button');
    const corner = phone.page.locator('.photo-corner.left.top');
    for (let presses = 0; presses < 5; presses += 1) await corner.press('ArrowDown');
    await leads(phone.page, () => phone.page.tap('main .go-on button:visible'));
    assert.equal(await phone.page.getAttribute('main', 'data-page'), 'photo-done');
    const shown = page.locator('.file-picture');
    await shown.waitFor();
    const src = (await shown.getAttribute('src')) ?? '';
    const sent = await sharp(await (await page.request.get(src)).body()).metadata();
    // 1200 to 800, turned by a quarter, without a tenth at the top.
    assert.deepEqual([sent.width, sent.height], [800, 1080]);
    assert.ok(await page.locator('input[name="birthNameAffirmed"]').isChecked());
    await leads(page, () => page.tap('main .go-on button:visible'));
    assert.notEqual(new URL(page.url()).pathname, PAGE);
    await phone.leave();
    await person.leave();
  });
});
