/** A person on the way to the stand-in of BundID and back, step by step, so that tests can change what comes back. */
import assert from 'node:assert/strict';
import { findAll, parseHtml, readForms } from '#play';
import { type Answer, createClient } from '#test/client';
import { eventually } from '#test/eventually';
import type { Citizen, Sent } from '#test/person';

const ACS = '/identity/bundid/acs';
const COMPLETE = '/identity/bundid/complete';

/** Chooses a language in the bar of the page that is shown. */
export async function choose(person: Citizen, language: string): Promise<void> {
  const button = { name: 'language', value: language };
  const form = readForms(person.page, person.shown.url).find((one) => one.offers(button.name, button.value));
  if (form) await person.press(form.press(button));
}

/**
 * Presses the button of the identify page that is shown.
 * @returns the signed address at the provider that the office leads to
 */
export async function leave(person: Citizen): Promise<string> {
  const form = person.form(new URL(person.shown.url).pathname);
  const answer = await person.send(form.press({ name: '_action', value: 'identify:bundid' }));
  assert.equal(answer.status, 303);
  return answer.headers.get('location') ?? '';
}

/**
 * Signs somebody in at the provider.
 * @param url where the office has led to; @param who a test person, or `cancel`
 * @returns the form field `SAMLResponse` of the page that leads back
 */
export async function samlResponseOf(url: string, who: string): Promise<string> {
  const browser = createClient(new URL(url).origin);
  const page = await browser.get(url);
  const [form] = readForms(parseHtml(page.text), url);
  assert.ok(form, page.text);
  const back = await browser.post(form.action, { person: who });
  const [field] = findAll(
    parseHtml(back.text),
    ({ attributes: { name, value } }) => name === 'SAMLResponse' && value !== undefined,
  );
  assert.ok(field, back.text);
  return field.attributes.value ?? '';
}

/** A form of the provider's page, as a browser sends it to another site: without the visit's cookie. */
export function fromProvider(origin: string, fields: Record<string, string>): Promise<Answer> {
  return createClient(origin).send(ACS, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams(fields),
  });
}

/**
 * Brings an answer of the provider to the office's page that passes it on.
 * @returns that page, and its form
 */
export async function arriveBack(
  person: Citizen,
  origin: string,
  samlResponse?: string,
): Promise<{ between: Answer; sent: Sent }> {
  const between = await fromProvider(
    origin,
    samlResponse === undefined ? {} : { SAMLResponse: samlResponse },
  );
  // What a page sets that is shown is kept, whoever has led there.
  const { hostname } = new URL(origin);
  for (const line of between.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    person.client.plant(hostname, name, value);
  }
  const form = readForms(parseHtml(between.text), between.url).find(({ action }) =>
    action.endsWith(COMPLETE),
  );
  assert.ok(form, `the page passes on what came (${between.status})`);
  return { between, sent: form.press() };
}

/**
 * Brings an answer of the provider back, over the office's page that passes it on.
 * @returns the page in between
 */
export async function bringBack(person: Citizen, origin: string, samlResponse?: string): Promise<Answer> {
  const { between, sent } = await arriveBack(person, origin, samlResponse);
  await person.press(sent);
  return between;
}

/** Signs somebody in on the identify page that is shown. @returns what the provider has answered */
export async function signInAs(person: Citizen, origin: string, who: string): Promise<string> {
  const samlResponse = await samlResponseOf(await leave(person), who);
  await bringBack(person, origin, samlResponse);
  return samlResponse;
}

/** Hands in from the review page of a service with a fee, and pays by card. The page that is shown then says so. */
export async function payByCard(person: Citizen, service: string): Promise<void> {
  await person.press(person.review(service));
  assert.equal(person.at, 'pay');
  const way = { name: 'way', value: 'card' };
  const form = readForms(person.page, person.shown.url).find((one) => one.offers(way.name, way.value));
  assert.ok(form, 'one can pay by card');
  await person.press(form.press(way));
  await eventually('it is paid', async () => {
    await person.open(`/service/${service}/pay`);
    return person.at !== 'pay';
  });
}
