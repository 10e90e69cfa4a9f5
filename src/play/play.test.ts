/** The player against an office of a hundred lines that keeps the contract of forms, and breaks it when told to. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type ServerType, serve } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import type { ExampleJourney } from '#service';
import { escapeHtml } from '#web';
import { adapt } from './adapt.ts';
import { playJourney } from './index.ts';

const PAGES = ['what', 'papers', 'persons', 'moveIn', 'date', 'review'] as const;
type PageId = (typeof PAGES)[number];

/** What visitors did, by visit cookie. */
interface Draft {
  answers: Map<string, string>;
  language: string;
  persons: number;
  /** The entry of the group that is open. */
  entry: number;
  files: Map<string, number>;
}

interface ToyOffice {
  url: string;
  drafts: Map<string, Draft>;
  /** Answers that were handed in. */
  handedIn: Map<string, string>[];
  ended: number;
  languages: string[];
}

const servers: ServerType[] = [];
after(() => {
  for (const server of servers) server.close();
});

const frame = (draft: Draft | undefined, main: string, body: string): string =>
  `<!DOCTYPE html><html lang="${draft?.language ?? 'de'}"><body><form method="post" action="/visit/settings" id="bar">
   <button name="language" value="de">Deutsch</button><button name="language" value="en">English</button></form>
   <main ${main}><h1>A page</h1>${body}</main></body></html>`;

function fields(page: PageId, draft: Draft): string {
  const value = (name: string): string => escapeHtml(draft.answers.get(name) ?? '');
  if (page === 'what')
    return ['bulky', 'white'].map((kind) => `<input type="radio" name="kind" value="${kind}">`).join('');
  if (page === 'papers') return '<input type="file" name="paper">';
  if (page === 'moveIn')
    return ['day', 'month', 'year'].map((part) => `<input name="moveIn.${part}" value="">`).join('');
  if (page === 'date') return '<input type="radio" name="pickup" value="slot-7">';
  if (page !== 'persons') return '';
  const name = `persons[${draft.entry}].name`;
  const others = Array.from({ length: draft.persons }, (_, index) => index).filter(
    (one) => one !== draft.entry,
  );
  return `<input name="${name}" value="${value(name)}">
    ${others.map((one) => `<button name="_action" value="edit:persons:${one}">Ändern</button>`).join('')}
    <button name="_action" value="next">Weiter</button><button name="_action" value="add:persons">Noch eine</button>`;
}

function form(page: PageId, draft: Draft, error = ''): string {
  return frame(
    draft,
    `data-service="probe" data-page="${page}"`,
    `<form method="post" action="/service/probe/${page}" ${page === 'papers' ? 'enctype="multipart/form-data"' : ''}>
     <input type="hidden" name="_csrf" value="token">${error}${fields(page, draft)}<button>Weiter</button></form>
     <a href="/service/probe/what">change</a>`,
  );
}

/** @param broken what this office does wrong */
async function openToyOffice(broken: { result?: boolean; review?: boolean } = {}): Promise<ToyOffice> {
  const office: ToyOffice = { url: '', drafts: new Map(), handedIn: [], ended: 0, languages: [] };
  const app = new Hono();
  const visit = (c: Context): Draft | undefined =>
    office.drafts.get(/__Host-visit=(\w+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? '');
  const begin = (c: Context): Draft => {
    const id = `v${office.drafts.size}`;
    const draft: Draft = { answers: new Map(), language: 'de', persons: 1, entry: 0, files: new Map() };
    office.drafts.set(id, draft);
    c.header('set-cookie', `__Host-visit=${id}; Path=/; Secure; HttpOnly; SameSite=Lax`);
    return draft;
  };
  app.get('/service/probe', (c) =>
    c.html(frame(visit(c), '', '<form method="post" action="/service/probe"><button>Los</button></form>')),
  );
  app.post('/visit/settings', async (c) => {
    const draft = visit(c) ?? begin(c);
    draft.language = String((await c.req.formData()).get('language'));
    office.languages.push(draft.language);
    return c.redirect('/service/probe', 303);
  });
  app.post('/visit/end', (c) => {
    office.ended += 1;
    c.header('set-cookie', '__Host-visit=; Max-Age=0; Path=/; Secure');
    return c.redirect('/service/probe', 303);
  });
  app.post('/service/probe', (c) => {
    if (!visit(c)) begin(c);
    return c.redirect('/service/probe/what', 303);
  });
  app.get('/service/probe/:page', (c) => {
    const draft = visit(c);
    const page = PAGES.find((one) => one === c.req.param('page'));
    if (c.req.param('page') === 'done')
      return c.html(
        frame(
          draft,
          broken.result ? '' : 'data-outcome="submitted"',
          `<b data-number="482913605">x</b><b data-code="ABC">x</b><b data-lookup-code="XYZ">x</b>
           <form method="post" action="/visit/end"><button>Beenden</button></form>`,
        ),
      );
    if (!draft || !page) return c.redirect('/service/probe', 303);
    const extra = broken.review && page === 'review' ? '<a href="/service/probe/agent">change</a>' : '';
    return c.html(form(page, draft, extra));
  });
  app.post('/service/probe/:page', async (c) => {
    const draft = visit(c);
    const page = PAGES.find((one) => one === c.req.param('page'));
    if (!draft || !page) return c.text('no visit', 403);
    const sent = await c.req.formData();
    if (sent.get('_csrf') !== 'token') return c.text('foreign form', 403);
    for (const [name, value] of sent) {
      if (typeof value === 'string') draft.answers.set(name, value);
      else draft.files.set(`${value.name} ${value.type}`, value.size);
    }
    const action = String(sent.get('_action') ?? 'next');
    if (action !== 'next') {
      draft.entry = action === 'add:persons' ? draft.persons++ : Number(action.split(':')[2]);
      return c.redirect('/service/probe/persons', 303);
    }
    if (page === 'moveIn' && sent.get('moveIn.day') === '31')
      return c.html(form(page, draft, '<p data-field="moveIn" data-error="noSuchDate">!</p>'), 422);
    if (page === 'review') office.handedIn.push(draft.answers);
    return c.redirect(`/service/probe/${PAGES[PAGES.indexOf(page) + 1] ?? 'done'}`, 303);
  });
  await new Promise<void>((resolve) => {
    servers.push(
      serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
        office.url = `http://127.0.0.1:${port}`;
        resolve();
      }),
    );
  });
  return office;
}

const journey: ExampleJourney = {
  id: 'plain',
  title: 'Everything once',
  language: 'en',
  today: '2026-11-23',
  after: [],
  steps: [
    { page: 'what', fill: { kind: 'bulky' }, errors: {} },
    { page: 'papers', fill: { paper: 'sample.pdf' }, errors: {} },
    {
      page: 'persons',
      fill: { 'persons[0].name': 'Łukasz', 'persons[1].name': 'Đặng & Söhne' },
      errors: {},
    },
    {
      page: 'moveIn',
      fill: { 'moveIn.day': '31', 'moveIn.month': '9', 'moveIn.year': '2026' },
      errors: { moveIn: 'noSuchDate' },
    },
    {
      page: 'moveIn',
      fill: { 'moveIn.day': '30', 'moveIn.month': '12', 'moveIn.year': '2026' },
      errors: {},
    },
    { page: 'date', fill: { pickup: 'first-free' }, errors: {} },
  ],
  expect: { outcome: 'submitted', submission: {}, without: ['agent'] },
};
const withSteps = (change: (steps: ExampleJourney['steps']) => ExampleJourney['steps']): ExampleJourney => ({
  ...journey,
  steps: change(journey.steps),
});

test('a journey is played to its receipt with plain forms, and the visit is ended', async () => {
  const office = await openToyOffice();
  const outcome = await playJourney(office.url, 'probe', journey);
  assert.deepEqual(outcome, {
    ok: true,
    outcome: 'submitted',
    number: '482913605',
    code: 'ABC',
    lookupCode: 'XYZ',
    requests: outcome.requests,
  });
  const [answers] = office.handedIn;
  assert.equal(answers?.get('kind'), 'bulky');
  assert.equal(answers?.get('persons[0].name'), 'Łukasz');
  assert.equal(answers?.get('persons[1].name'), 'Đặng & Söhne');
  assert.equal(answers?.get('pickup'), 'slot-7');
  assert.deepEqual([...(office.drafts.get('v0')?.files.keys() ?? [])], ['sample.pdf application/pdf']);
  assert.deepEqual(office.languages, ['en']);
  assert.equal(office.ended, 1);
});

test('dates move to the office’s day, a date that does not exist stays', async () => {
  const office = await openToyOffice();
  const outcome = await playJourney(office.url, 'probe', journey, { today: '2026-11-26' });
  assert.equal(outcome.ok, true);
  const answers = office.handedIn[0];
  assert.deepEqual(
    ['day', 'month', 'year'].map((part) => answers?.get(`moveIn.${part}`)),
    ['2', '1', '2027'],
  );
});

test('a date without a day moves with the year', () => {
  const fill = {
    'diedOn.month': '11',
    'diedOn.year': '1995',
    'bornOn.day': '3',
    'bornOn.month': '5',
    'bornOn.year': '1921',
  };
  assert.deepEqual(adapt(fill, { days: 39, years: 1 }, undefined), {
    ...{ 'diedOn.month': '11', 'diedOn.year': '1996' },
    ...{ 'bornOn.day': '11', 'bornOn.month': '6', 'bornOn.year': '1921' },
  });
});

test('going back to an earlier page is part of a journey', async () => {
  const office = await openToyOffice();
  const back = withSteps((steps) => [
    ...steps,
    { page: 'what', fill: { kind: 'white' }, errors: {} },
    ...steps.slice(1),
  ]);
  assert.equal((await playJourney(office.url, 'probe', back)).ok, true);
  assert.equal(office.handedIn[0]?.get('kind'), 'white');
  assert.equal(office.drafts.get('v0')?.persons, 2);
});

test('a journey that must stop ends with its error and hands nothing in', async () => {
  const office = await openToyOffice();
  const stopped = {
    ...withSteps((steps) => steps.slice(0, 4)),
    expect: { ...journey.expect, outcome: 'stopped' as const },
  };
  const outcome = await playJourney(office.url, 'probe', stopped);
  assert.equal(outcome.ok && outcome.outcome, 'stopped');
  assert.equal(office.handedIn.length, 0);
});

const failures: [string, ExampleJourney, Parameters<typeof openToyOffice>[0], RegExp][] = [
  [
    'an error that was not expected',
    withSteps((steps) => steps.map((step) => ({ ...step, errors: {} }))),
    {},
    /not taken: page "moveIn", status 422, errors moveIn: noSuchDate/,
  ],
  [
    'another error than the expected one',
    withSteps((steps) =>
      steps.map((step) => (step.errors.moveIn ? { ...step, errors: { moveIn: 'future' } } : step)),
    ),
    {},
    /moveIn: future is missing/,
  ],
  [
    'an expected error that does not come',
    withSteps((steps) => steps.map((step) => ({ ...step, errors: { kind: 'required' } }))),
    {},
    /errors were expected/,
  ],
  [
    'an option that is not offered',
    withSteps((steps) => [{ page: 'what', fill: { kind: 'piano' }, errors: {} }, ...steps]),
    {},
    /"kind" does not offer "piano"/,
  ],
  [
    'a field that is not there',
    withSteps((steps) => [{ page: 'what', fill: { colour: 'red' }, errors: {} }, ...steps]),
    {},
    /no field "colour"/,
  ],
  [
    'a page that cannot be opened',
    withSteps((steps) => [{ page: 'nowhere', fill: {}, errors: {} }, ...steps]),
    {},
    /"nowhere" cannot be opened/,
  ],
  [
    'answers that are missing',
    withSteps((steps) => steps.slice(0, 5)),
    {},
    /was not handed in|no answers are left/,
  ],
  ['a review with a page that does not apply', journey, { review: true }, /"agent" must not be part/],
  ['a result that is none', journey, { result: true }, /not handed in/],
];

for (const [name, played, broken, problem] of failures) {
  test(`the player notices ${name}`, async () => {
    const office = await openToyOffice(broken);
    const outcome = await playJourney(office.url, 'probe', played);
    assert.ok(!outcome.ok, 'it must fail');
    assert.match(outcome.problem, problem);
  });
}

test('an office that is not there is a problem, not a crash', async () => {
  const outcome = await playJourney('http://127.0.0.1:9', 'probe', journey);
  assert.ok(!outcome.ok && /cannot be reached/.test(outcome.problem));
});
