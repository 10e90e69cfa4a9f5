import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, type HtmlElement, parseHtml, sampleFile } from '#play';
import { arrive, type Citizen, CONFIRMATION, type Handed } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'wohnungsgeberbestaetigung';
/** Signs that texts may have (DIN 91379, data type C) put together so that they would be a program if not escaped. */
const PROGRAM = `"><script>alert(1)</script><img src=x onerror=alert(2)>'" onfocus=alert(3) x="{{7*7}}$\{7*7}</textarea></title>`;
const SHORT = '"><svg onload=alert(4)>\'';

let office: RunningOffice;
let person: Citizen;
let clerk: Clerk;

/** Whether a page would run anything of ours or theirs but the scripts it names from this office. */
function programsIn(html: string): string[] {
  const all = findAll(parseHtml(html), () => true);
  const handlers = ({ tag, attributes }: HtmlElement): string[] =>
    Object.entries(attributes).flatMap(([name, value]) => {
      const link = ['href', 'src', 'action', 'formaction', 'content'].includes(name);
      const runs = /^on/.test(name) || (link && /^\s*(?:javascript|vbscript|data:text)/i.test(value));
      return runs ? [`<${tag} ${name}="${value}">`] : [];
    });
  const scripts = all.filter(
    ({ tag, attributes, children }) =>
      (tag === 'script' && (!attributes.src?.startsWith('/assets/') || children.length > 0)) ||
      (tag === 'img' && attributes.src === 'x') ||
      (tag === 'svg' && 'onload' in attributes) ||
      ['iframe', 'object', 'embed', 'base', 'style'].includes(tag),
  );
  return [...scripts.map(({ tag }) => tag), ...all.flatMap(handlers)];
}

function assertHarmless(what: string, html: string, mustSay?: string): void {
  assert.deepEqual(programsIn(html), [], what);
  assert.doesNotMatch(html, /\b49\b/, `${what}: nothing is worked out`);
  if (mustSay === undefined) return;
  const said = findAll(parseHtml(html), () => true).some(
    ({ attributes, children }) =>
      Object.values(attributes).includes(mustSay) ||
      children.some((child) => typeof child === 'string' && child.includes(mustSay)),
  );
  assert.ok(said, `${what} says it as it was typed`);
}

before(async () => {
  office = await startRunningOffice();
  person = await arrive(office.origin);
  clerk = await signIn(office.origin, 'oa');
});
after(() => office.close());

/** Goes through a journey with it, right and wrong. @returns what was handed in, and where the desk has it */
async function handIn(): Promise<{ receipt: Handed; casePath: string }> {
  const mandate = sampleFile('sample.pdf');
  assert.ok(mandate);
  const answers = {
    ...CONFIRMATION,
    agentName: SHORT,
    landlordName: SHORT,
    storey: SHORT,
    mandate: { ...mandate, name: `${PROGRAM}.pdf` },
  };
  await person.walk(SERVICE, answers, 'agent');
  const wrong = person.fill(SERVICE, { agentName: PROGRAM.repeat(3), 'agentAddress.street': PROGRAM });
  await person.press(wrong.press({ name: '_action', value: 'next' }));
  assert.equal(person.shown.status, 422);
  assertHarmless('a page with errors', person.shown.text, PROGRAM.repeat(3));
  await person.walk(SERVICE, answers, 'landlord');
  await person.open(`/service/${SERVICE}/agent`);
  assertHarmless('a page filled again', person.shown.text, SHORT);
  await person.open(`/service/${SERVICE}/mandate`);
  assertHarmless('the name of a file', person.shown.text);
  await person.walk(SERVICE, answers);
  assertHarmless('the review', person.shown.text, SHORT);
  const receipt = await person.handIn(SERVICE);
  assertHarmless('the result', person.shown.text);
  assert.equal((await person.client.get(`/papers/${receipt.number}/document.pdf`)).status, 200);
  assert.equal((await person.client.get(`/papers/${receipt.number}/receipt.pdf`)).status, 200);
  await office.work();
  return { receipt, casePath: (await clerk.find(receipt.number)) ?? '' };
}

/** Writes it at the desk and on the status page. */
async function writeOn({ receipt, casePath }: { receipt: Handed; casePath: string }): Promise<void> {
  await clerk.act(casePath, 'take');
  await clerk.act(casePath, 'note', { text: PROGRAM });
  await clerk.act(casePath, 'ask', { text: PROGRAM });
  await person.open('/status');
  const form = person.form('/status');
  form.fill('number', receipt.number);
  form.fill('code', receipt.code);
  await person.press(form.press());
  assertHarmless('the status page', person.shown.text, PROGRAM);
  const picture = sampleFile('sample.png');
  assert.ok(picture);
  const reply = person.form('/status/case/answer');
  reply.fill('text', PROGRAM);
  reply.fill('file', { ...picture, name: `${PROGRAM}.png` });
  await person.press(reply.press());
  assertHarmless('the answered status page', person.shown.text, PROGRAM);
  for (const path of [casePath, `${casePath}/print`, '/desk', '/desk?tab=mine'])
    assertHarmless(path, (await clerk.get(path)).text);
  assertHarmless('the case', (await clerk.get(casePath)).text, PROGRAM);
  const refused = await clerk.act(casePath, 'decide', { decision: 'nothing', text: PROGRAM });
  assertHarmless('a refused action', refused.text, PROGRAM);
}

describe('what looks like a program', () => {
  it('is found by this test where it is one', () => {
    assert.deepEqual(programsIn(`<p title="${PROGRAM}">`).slice(0, 2), ['script', 'img']);
    assert.deepEqual(programsIn('<a href=" javascript:x()">').length, 1);
    assert.deepEqual(programsIn('<script src="/assets/a.js"></script>'), []);
  });

  it('is a text like any other, on the pages of a journey, at the desk and on the status page', async () => {
    await writeOn(await handIn());
  });

  it('is not sent back where it stands in an address or a field', async () => {
    const word = encodeURIComponent(PROGRAM);
    const cookie = { cookie: `__Host-terminal=${word}; ${person.client.cookies().join('; ')}` };
    for (const path of [
      ...[
        `/search?q=${word}`,
        `/${word}`,
        `/service/${word}`,
        `/service/${SERVICE}/${word}`,
        `/farewell/${word}`,
      ],
      ...[
        `/terminal/${word}`,
        `/handover/${word}`,
        `/service/${SERVICE}/persons?entry=${word}`,
        `/papers/${word}/x`,
      ],
    ])
      assertHarmless(path, (await person.client.send(path, { headers: cookie })).text);
    for (const path of [
      `/desk?number=${word}`,
      `/desk?tab=${word}`,
      `/desk/cases/${word}`,
      `/desk/tours/${word}/${word}`,
    ])
      assertHarmless(path, (await clerk.get(path)).text);
    const fresh = await arrive(office.origin);
    const typed = await fresh.client.post('/status', { number: PROGRAM, code: PROGRAM });
    assertHarmless('the status form', typed.text, PROGRAM);
    const [csrf = ''] = /(?<=name="_csrf" value=")[^"]*/.exec((await clerk.get('/desk')).text) ?? [];
    assertHarmless(
      'the lookup',
      (await clerk.post('/desk/lookup', { _csrf: csrf, code: PROGRAM })).text,
      PROGRAM.slice(0, 200),
    );
    assertHarmless('signing in', (await fresh.client.get(`/desk/sign-in?to=/desk/${word}`)).text);
    const back = `/desk/callback?code=${word}&state=${word}&error=${word}&error_description=${word}`;
    assertHarmless('a failed sign-in', (await fresh.client.get(back)).text);
  });
});
