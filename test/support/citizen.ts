/** A person at a screen without script: opens pages, fills in what is there, presses buttons. */
import assert from 'node:assert/strict';
import { findAll, parseHtml, readForms, textOf } from '#play';
import { type Answer, createClient } from '#test/client';
import type { Citizen, Fill, Sent } from '#test/person';
import { signInAs } from '#test/sign-in';

export type * from './person.ts';

const MOST_PAGES = 30;

/** One of each kind of page and question of the bulky waste service. */
export const SOFA: Fill = {
  kind: 'bulky',
  'items.sofa': '1',
  'address.street': 'Kaiserstraße',
  'address.houseNumber': '10',
  'address.postcode': '76133',
  'address.city': 'Karlsruhe',
  familyName: 'Đặng',
  place: 'kerb',
  phone: '0721 133112',
  email: 'dang@example.org',
  pickup: 'first-free',
  rules: 'yes',
};

/** A landlord's confirmation by an agent, with a mandate to upload. */
export const CONFIRMATION: Fill = {
  signIn: 'petra',
  role: 'agent',
  agentName: 'Hausverwaltung Ünlü',
  'agentAddress.street': 'Amalienstraße',
  'agentAddress.houseNumber': '25',
  'agentAddress.postcode': '76133',
  'agentAddress.city': 'Karlsruhe',
  landlordName: 'Łukasz Nguyễn',
  'landlordAddress.street': 'Karlstraße',
  'landlordAddress.houseNumber': '3',
  'landlordAddress.postcode': '76137',
  'landlordAddress.city': 'Karlsruhe',
  'dwelling.street': 'Kaiserstraße',
  'dwelling.houseNumber': '10',
  'dwelling.postcode': '76133',
  'dwelling.city': 'Karlsruhe',
  'moveIn.day': '16',
  'moveIn.month': '11',
  'moveIn.year': '2026',
  'persons[0].givenNames': 'Ayşe',
  'persons[0].familyName': 'Ünlü',
  correct: 'yes',
};

/** @returns what a browser puts on the wire for a form */
export function bodyOf(sent: Sent): URLSearchParams | FormData {
  if (!sent.multipart) {
    const pairs = sent.entries.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]);
    return new URLSearchParams(pairs as [string, string][]);
  }
  const data = new FormData();
  for (const [name, value] of sent.entries) {
    if (typeof value === 'string') data.append(name, value);
    else data.append(name, new Blob([new Uint8Array(value.content)], { type: value.mediaType }), value.name);
  }
  return data;
}

/** @returns what ends a visit for whoever was asked, and is sure */
export function ending(person: Citizen): Sent {
  const sent = person.form('/visit/end').press();
  return { ...sent, entries: [...sent.entries, ['_sure', 'yes']] };
}

/** @param origin the office; @param terminal where this person stands, at an own screen when left out */
export async function arrive(origin: string, terminal?: string): Promise<Citizen> {
  const client = createClient(origin);
  let shown: Answer = { status: 0, headers: new Headers(), text: '', url: origin };
  let page = parseHtml('');
  const show = (answer: Answer): void => {
    shown = answer;
    page = parseHtml(answer.text);
  };
  const main = () => findAll(page, (element) => element.tag === 'main')[0]?.attributes ?? {};
  const data = (name: string): string | undefined =>
    findAll(page, (element) => `data-${name}` in element.attributes)[0]?.attributes[`data-${name}`];

  const citizen: Citizen = {
    client,
    get shown() {
      return shown;
    },
    get page() {
      return page;
    },
    get at() {
      return main()['data-page'];
    },
    get errors() {
      return findAll(page, (element) => 'data-error' in element.attributes).map(
        ({ attributes }) => `${attributes['data-field']}: ${attributes['data-error']}`,
      );
    },
    async open(path) {
      show(await client.follow(await client.get(path)));
    },
    form(path) {
      const form = readForms(page, shown.url).find(({ action }) => new URL(action).pathname === path);
      const [heading] = findAll(page, (element) => element.tag === 'h1');
      assert.ok(form, `"${heading && textOf(heading)}" (${shown.status}) has a form to ${path}`);
      return form;
    },
    send: (sent, headers = {}) =>
      client.send(sent.action, {
        method: 'POST',
        headers: { origin: new URL(shown.url).origin, 'sec-fetch-site': 'same-origin', ...headers },
        body: bodyOf(sent),
      }),
    async press(sent) {
      show(await client.follow(await citizen.send(sent)));
    },
    fill(service, answers) {
      const form = citizen.form(`/service/${service}/${citizen.at}`);
      for (const [name, value] of Object.entries(answers)) if (form.has(name)) form.fill(name, value);
      return form;
    },
    async walk(service, answers, until = 'review') {
      await citizen.open(`/service/${service}`);
      await citizen.press(citizen.form(`/service/${service}`).press());
      for (let pages = 0; citizen.at !== until; pages += 1) {
        assert.ok(pages < MOST_PAGES, `the way to "${until}" ends`);
        if (await citizen.signsIn(answers)) continue;
        await citizen.photographs(answers);
        const was = citizen.at;
        const form = citizen.fill(service, answers);
        const next = { name: '_action', value: 'next' };
        await citizen.press(form.press(form.offers(next.name, next.value) ? next : undefined));
        assert.notEqual(citizen.at, was, `"${was}" was not answered: ${citizen.errors.join(', ')}`);
      }
    },
    async signsIn({ signIn }) {
      const form = readForms(page, shown.url).find((one) => one.offers('_action', 'identify:bundid'));
      if (!form || typeof signIn !== 'string') return false;
      await signInAs(citizen, origin, signIn);
      return true;
    },
    async photographs(answers) {
      const code = data('photo');
      if (code === undefined) return;
      const path = new URL(code).pathname;
      const phone = await arrive(origin);
      await phone.open(path);
      await phone.press(phone.form(path).press());
      for (const [name, value] of Object.entries(answers)) {
        if (typeof value === 'string' || !('content' in value)) continue;
        await phone.open(`${path}?of=${name}`);
        const asks = readForms(phone.page, phone.shown.url).find((form) => form.has(name));
        if (!asks) continue;
        asks.fill(name, value);
        await phone.press(asks.press());
      }
      const look = { name: '_action', value: 'look' };
      const form = readForms(page, shown.url).find((one) => one.offers(look.name, look.value));
      assert.ok(form, 'one can look whether it has come');
      await citizen.press(form.press(look));
    },
    review: (service) => citizen.form(`/service/${service}/review`).press(),
    async handIn(service) {
      await citizen.press(citizen.review(service));
      return citizen.receipt();
    },
    async openCase({ number, code }) {
      await citizen.open('/status');
      const form = citizen.form('/status');
      form.fill('number', number);
      form.fill('code', code);
      await citizen.press(form.press());
    },
    receipt() {
      const number = data('number');
      const code = data('code');
      assert.ok(number && code, `the page (${shown.status}) "${shown.url}" shows number and code`);
      return { number, code, lookupCode: data('lookup-code') };
    },
  };
  if (terminal) await citizen.open(`/terminal/${terminal}`);
  return citizen;
}

/** @returns the answers of another household: allowances count by household */
export function household(number: number, answers: Fill = SOFA): Fill {
  return { ...answers, 'address.houseNumber': String(number) };
}
