import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, CONFIRMATION, ending, household, type Sent, SOFA } from '#test/citizen';
import { createClient } from '#test/client';
import { eventually } from '#test/eventually';
import { CUTS, loseAnswer } from '#test/lost';
import { atReview } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { arriveBack, leave, samlResponseOf } from '#test/sign-in';

const SERVICE = 'punkteauskunft';
const CONFIRM = 'wohnungsgeberbestaetigung';
const MINUTE_MS = 60_000;
/** What only a visit tells in which its person has gone on. */
const CANARY = /Hans-Jürgen|Kanarienvogel|data-identity="letterCode"|Đặng/;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

/** Somebody just before a step after which their visit has a new key. */
interface Step {
  person: Citizen;
  /** What sends the step on its way. */
  sent: Sent;
  /** Where it leads, and what is there. */
  to: string;
  shows: RegExp;
  /** All cookies of the browser before the office has tied the step to it. */
  known: readonly string[];
  /** Whoever has the form has all that is needed: it may lead there from anywhere. */
  isProof?: true;
}

const cookiesOf = (person: Citizen): readonly string[] => [...person.client.cookies()];

async function signingIn(): Promise<Step> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', SOFA, 'rules');
  await person.walk(SERVICE, { way: 'online' }, 'identity');
  const samlResponse = await samlResponseOf(await leave(person), 'hans');
  const known = cookiesOf(person);
  const { sent } = await arriveBack(person, office.origin, samlResponse);
  return { person, sent, to: `/service/${SERVICE}/identity`, shows: /Hans-Jürgen/, known };
}

async function typingCode(): Promise<Step> {
  const code = await letterCode();
  const person = await arrive(office.origin);
  await person.walk(CONFIRM, { role: 'owner' }, 'identity');
  const known = cookiesOf(person);
  const path = `/service/${CONFIRM}/identity`;
  await person.open(`${path}/code`);
  const form = person.form(`${path}/code`);
  form.fill('code', code);
  return { person, sent: form.press(), to: path, shows: /value="again"/, known };
}

/** @returns the code that has arrived by letter in the trial office */
async function letterCode(): Promise<string> {
  const reader = await arrive(office.origin);
  await reader.open('/sandbox');
  const [letter] = findAll(reader.page, ({ attributes }) => 'data-letter-code' in attributes);
  return letter?.attributes['data-letter-code'] ?? '';
}

/** Allowances count by household: every order here is of another one. */
let households = 100;
const another = () => {
  households += 1;
  return household(households);
};

async function handingIn(): Promise<Step> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', another());
  const sent = person.form('/service/sperrmuell/review').press();
  return { person, sent, to: '/service/sperrmuell/done', shows: /big-code/, known: visitCookie(person) };
}

async function handingInSignedIn(): Promise<Step> {
  const person = await arrive(office.origin);
  await person.walk(CONFIRM, { ...CONFIRMATION, role: 'owner' });
  const [path, shows] = [`/service/${CONFIRM}`, /big-code/];
  const sent = person.form(`${path}/review`).press();
  return { person, sent, to: `${path}/done`, shows, known: visitCookie(person) };
}

async function handingInToPay(): Promise<Step> {
  const { person } = await atReview(office.origin);
  const path = '/service/urkunden/review';
  return {
    ...{ person, sent: person.form(path).press(), known: visitCookie(person) },
    ...{ to: '/service/urkunden/pay', shows: /Bezahlen/ },
  };
}

async function openingCase(): Promise<Step> {
  const citizen = await arrive(office.origin);
  await citizen.walk('sperrmuell', another());
  const { number, code } = await citizen.handIn('sperrmuell');
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', SOFA, 'rules');
  await person.open('/status');
  const form = person.form('/status');
  form.fill('number', number);
  form.fill('code', code);
  const known = visitCookie(person);
  return {
    person,
    sent: form.press(),
    to: '/status/case',
    shows: /data-page="status-case"/,
    known,
    isProof: true,
  };
}

async function offering(): Promise<Pick<Step, 'person' | 'sent'>> {
  const person = await arrive(office.origin, 'rathaus-1');
  await person.walk('sperrmuell', SOFA, 'rules');
  return { person, sent: person.form('/visit/handover').press() };
}

async function taking(): Promise<Step> {
  const { person: terminal, sent } = await offering();
  await terminal.press(sent);
  const link = new URL(linkOn(terminal)).pathname;
  const person = await arrive(office.origin);
  const known = cookiesOf(person);
  await person.open(link);
  return {
    person,
    sent: person.form(link).press(),
    to: '/service/sperrmuell/rules',
    shows: /data-page="rules"/,
    known,
  };
}

const linkOn = (person: Citizen): string => /data-handover="([^"]+)"/.exec(person.shown.text)?.[1] ?? '';
const visitCookie = (person: Citizen): string[] =>
  person.client.cookies().filter((one) => one.startsWith('__Host-visit='));

const STEPS = {
  'signing in': signingIn,
  'a code by letter': typingCode,
  'handing in': handingIn,
  'handing in after signing in': handingInSignedIn,
  'handing in what costs something': handingInToPay,
  'opening a case': openingCase,
  'taking it on the phone': taking,
};

const pathOf = (person: Citizen): string => new URL(person.shown.url).pathname;

/** The person has come where the step leads. */
function assertThere({ person, to, shows }: Step): void {
  assert.deepEqual([person.shown.status, pathOf(person)], [200, to]);
  assert.match(person.shown.text, shows);
}

/** Where the person looks next without pressing anything again. */
const lookAt = ({ sent, to }: Step): string => {
  const { pathname } = new URL(sent.action);
  return pathname.startsWith('/handover/') ? pathname : to;
};

/** What another browser gets with cookies that it should not have. */
async function stolen(cookies: readonly string[], path: string, post?: Sent): Promise<string> {
  const thief = createClient(office.origin);
  const headers = { cookie: cookies.join('; '), origin: office.origin, 'sec-fetch-site': 'same-origin' };
  const body = post && new URLSearchParams(post.entries as [string, string][]);
  const answer = await thief.send(path, { headers, ...(body && { method: 'POST', body }) });
  const next = await thief.follow(answer);
  return next.text;
}

describe('the answer with the new key is lost', () => {
  for (const [name, before] of Object.entries(STEPS)) {
    it(`${name}: the browser is led on by what it held before`, async () => {
      const step = await before();
      await loseAnswer(step.person, step.sent);
      await step.person.open(lookAt(step));
      assertThere(step);
    });

    for (const cut of CUTS)
      it(`${name}: the same form once more leads where the first one did (cut when ${cut})`, async () => {
        const step = await before();
        const handled = answered(step);
        await loseAnswer(step.person, step.sent, cut);
        await handled();
        await step.person.press(step.sent);
        assertThere(step);
      });

    it(`${name}: also when that answer is lost again, and all of it was done once`, async () => {
      const step = await before();
      const visits = await visitCount();
      for (let times = 0; times < 3; times += 1) await loseAnswer(step.person, step.sent);
      await step.person.press(step.sent);
      assertThere(step);
      // Others may have come to their end meanwhile.
      assert.ok((await visitCount()) <= visits);
    });

    it(`${name}: pressed twice at once, both lead there`, async () => {
      const step = await before();
      const answers = await Promise.all([step.person.send(step.sent), step.person.send(step.sent)]);
      assert.deepEqual(
        answers.map(({ status, headers }) => [
          status,
          new URL(headers.get('location') ?? '', office.origin).pathname,
        ]),
        [
          [303, step.to],
          [303, step.to],
        ],
      );
      await step.person.open(lookAt(step));
      assertThere(step);
    });
  }
});

describe('the code for the phone', () => {
  const CODE = '/visit/handover';
  async function offered(): Promise<{ terminal: Citizen; link: string; sent: Sent }> {
    const { person: terminal, sent } = await offering();
    await terminal.press(sent);
    return { terminal, link: linkOn(terminal), sent };
  }

  async function takes(link: string): Promise<Citizen> {
    const phone = await arrive(office.origin);
    const { pathname } = new URL(link);
    await phone.open(pathname);
    await phone.press(phone.form(pathname).press());
    return phone;
  }

  it('is shown again by loading, and made anew by asking once more, until a phone has taken it', async () => {
    const { terminal, link, sent } = await offered();
    await terminal.open(CODE);
    assert.equal(linkOn(terminal), link);
    await loseAnswer(terminal, sent);
    await terminal.press(sent);
    const newer = linkOn(terminal);
    assert.notEqual(newer, link);
    const late = await arrive(office.origin);
    await late.open(new URL(link).pathname);
    assert.equal(late.shown.status, 410, 'there is one code at a time');
    await (await takes(newer)).open('/service/sperrmuell/rules');
    await terminal.open(CODE);
    assert.equal(terminal.shown.status, 200);
    assert.match(terminal.shown.text, /Ein Handy hat Ihren Besuch übernommen/);
    assert.doesNotMatch(terminal.shown.text, /data-handover|gilt nicht mehr/);
  });

  const goOnHere = (terminal: Citizen): Sent => terminal.form(CODE).press({ name: '_action', value: 'back' });

  it('can be taken back at the screen that shows it, as long as no phone has used it', async () => {
    const { terminal, link } = await offered();
    const twice = goOnHere(terminal);
    await terminal.press(twice);
    assert.equal(new URL(terminal.shown.url).pathname, '/service/sperrmuell/rules', 'the page that was left');
    await terminal.press(twice);
    assert.equal(terminal.at, 'rules', 'pressed twice');
    await terminal.open('/service/sperrmuell/address');
    assert.match(terminal.shown.text, /Kaiserstraße/);
    const phone = await arrive(office.origin);
    await phone.open(new URL(link).pathname);
    assert.equal(phone.shown.status, 410, 'the code is used up');
    const [, id = ''] = /=([\w-]+)/.exec(visitCookie(terminal).join()) ?? [];
    const visit = office.db.selectFrom('visit').select('terminal').where('id', '=', id);
    assert.ok(
      (await visit.executeTakeFirst())?.terminal,
      'it is a visit at a terminal again, and ends as soon as those',
    );
  });

  it('is not taken back from a phone, nor by anybody without it', async () => {
    const { terminal, link } = await offered();
    const back = goOnHere(terminal);
    const stranger = await arrive(office.origin, 'rathaus-2');
    await stranger.press(back);
    await stranger.open('/service/sperrmuell/address');
    assert.doesNotMatch(stranger.shown.text, /Kaiserstraße/);
    const phone = await takes(link);
    assert.equal(new URL(phone.shown.url).pathname, '/service/sperrmuell/rules', 'the page that was left');
    await terminal.press(back);
    assert.match(terminal.shown.text, /Ein Handy hat Ihren Besuch übernommen/);
    await phone.open('/service/sperrmuell/address');
    assert.match(phone.shown.text, /Kaiserstraße/);
  });

  it('goes to one of both when phone and screen press at once', async () => {
    const { terminal, link } = await offered();
    const phone = await arrive(office.origin);
    const { pathname } = new URL(link);
    await phone.open(pathname);
    await Promise.all([terminal.press(goOnHere(terminal)), phone.press(phone.form(pathname).press())]);
    await Promise.all([terminal, phone].map((one) => one.open('/service/sperrmuell/address')));
    const has = [terminal, phone].filter(({ shown }) => shown.text.includes('Kaiserstraße'));
    assert.equal(has.length, 1);
  });

  it('ends nothing before a phone has used it: the screen still has everything', async () => {
    const { terminal } = await offered();
    await terminal.open('/service/sperrmuell/address');
    assert.match(terminal.shown.text, /Kaiserstraße/);
  });

  it('is worth nothing once the screen shows something else, the visit has ended, or its time is over', async () => {
    const ways: ((terminal: Citizen) => Promise<void>)[] = [
      (terminal) => terminal.open('/'),
      async (terminal) => {
        const csrf = terminal.form(CODE).holds('_csrf') ?? '';
        await terminal.client.post('/visit/end', { _csrf: csrf, _sure: 'yes' });
      },
      async () => {
        office.pass(11 * MINUTE_MS);
      },
    ];
    for (const over of ways) {
      const { terminal, link } = await offered();
      await over(terminal);
      const phone = await arrive(office.origin);
      await phone.open(new URL(link).pathname);
      assert.equal(phone.shown.status, 410);
      await phone.open('/service/sperrmuell/address');
      assert.doesNotMatch(phone.shown.text, /Kaiserstraße/);
    }
  });

  it('leaves a screen that says neither that there was a pause nor that cookies are missing', async () => {
    const { terminal, link } = await offered();
    await takes(link);
    await terminal.open('/service/sperrmuell/rules');
    assert.match(terminal.shown.text, /Der Besuch an diesem Bildschirm ist zu Ende/);
    assert.doesNotMatch(terminal.shown.text, /Pause|Cookie|noch nichts begonnen/);
  });

  it('is not made at a screen of one’s own, and nothing is lost by asking', async () => {
    const person = await arrive(office.origin);
    await person.walk('sperrmuell', SOFA, 'rules');
    const { entries } = ending(person);
    const fields = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
    for (const sent of [fields, { _csrf: fields._csrf ?? '' }]) {
      const { status, headers } = await person.client.post(CODE, sent);
      assert.equal(status, 303);
      assert.match(headers.get('location') ?? '', /^\/service\/sperrmuell/);
    }
    await person.open('/service/sperrmuell/rules');
    assert.equal(person.at, 'rules');
  });
});

describe('what was held before, in other hands', () => {
  for (const [name, before] of Object.entries(STEPS)) {
    const everything = async (step: Step, cookies: readonly string[]): Promise<void> => {
      const texts = [
        await stolen(cookies, '/service/sperrmuell/address'),
        await stolen(cookies, lookAt(step)),
      ];
      if (!step.isProof) texts.push(await stolen(cookies, new URL(step.sent.action).pathname, step.sent));
      for (const text of texts) {
        assert.doesNotMatch(text, CANARY);
        assert.doesNotMatch(text, step.shows);
      }
    };

    it(`${name}: opens nothing in a browser that only knew it before, though the answer is lost`, async () => {
      const step = await before();
      await loseAnswer(step.person, step.sent);
      await everything(step, step.known);
      await everything(step, visitCookie(step.person));
      await step.person.press(step.sent);
      assertThere(step);
    });

    it(`${name}: opens nothing once the new one was seen`, async () => {
      const step = await before();
      const old = cookiesOf(step.person);
      await step.person.press(step.sent);
      assertThere(step);
      await everything(step, old);
    });

    it(`${name}: opens nothing after a while, though the new one was never seen`, async () => {
      const step = await before();
      const old = cookiesOf(step.person);
      await loseAnswer(step.person, step.sent);
      office.pass(16 * MINUTE_MS);
      await everything(step, old);
    });
  }
});

describe('a browser that was given something beforehand', () => {
  it('is not led on by that: only by what came with the page after signing in', async () => {
    const step = await signingIn();
    step.person.client.plant('127.0.0.1', '__Host-bond', 'chosen-by-somebody-else');
    const old = cookiesOf(step.person);
    await loseAnswer(step.person, step.sent);
    assert.doesNotMatch(await stolen(old, step.to), step.shows);
    assert.doesNotMatch(await stolen(old, new URL(step.sent.action).pathname, step.sent), step.shows);
  });
});

const visitCount = async (): Promise<number> =>
  (await office.db.selectFrom('visit').select('id').execute()).length;

/** @returns what waits until the office has dealt with one more request */
function answered({ sent }: Step): () => Promise<void> {
  const lines = (): number => office.logged().split('"method":"POST"').length;
  const before = lines();
  return () => eventually(`${new URL(sent.action).pathname} is dealt with`, async () => lines() > before);
}
