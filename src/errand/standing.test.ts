import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Hono } from 'hono';
import { walk } from '#journey';
import type { Answers } from '#service';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';
import type { CitizenEnv, Draft, Visit } from '#visit';
import type { ErrandDeps } from './deps.ts';
import { askedPage, hereAt, pageUrl, reviewOf, serviceUrl } from './standing.ts';

const NOW = new Date('2026-11-23T10:00:00+01:00');
const service = testService(`
pages:
  - { id: pet, kind: questions, questions: [{ id: hasDog, kind: yesNo }] }
  - { id: dog, kind: questions, when: hasDog, questions: [{ id: dogName, kind: text }] }
  - { id: hint, kind: information }
  - { id: more, kind: questions, questions: [{ id: note, kind: text, optional: true }] }
`);
const deps = {
  ...{ clock: { now: () => NOW }, reference: smallCity },
  catalogue: { get: (slug: string) => (slug === service.slug ? service : undefined) },
} as unknown as ErrandDeps;

/** Asks for a page of somebody with this draft. @returns the page that is shown, or where they are led */
async function ask(path: string, draft: Draft | undefined): Promise<string> {
  const app = new Hono<CitizenEnv>();
  app.use(async (c, next) => {
    c.set('visit', {
      secret: { drafts: draft ? { [service.slug]: draft } : {}, receipts: {} },
    } as unknown as Visit);
    await next();
  });
  app.get('/service/:slug/:page', async (c) => {
    const asked = askedPage(c, deps);
    if (!asked) return c.text('no such page');
    const here = await hereAt(c, deps, asked);
    return here instanceof Response ? here : c.text(here.page.id);
  });
  const answer = await app.request(path);
  return answer.headers.get('location') ?? (await answer.text());
}

const draft: fc.Arbitrary<Draft> = fc.record({
  ...{ key: fc.constant('k'), version: fc.constant(service.version) },
  answers: fc.record<Answers>(
    { hasDog: fc.boolean(), dogName: fc.constant('Bello'), note: fc.constant('x') },
    { requiredKeys: [] },
  ),
  seen: fc.subarray(service.pages.map(({ id }) => id)),
}) as fc.Arbitrary<Draft>;

describe('a page of a service', () => {
  it('is shown where it applies and everything before it is answered; else the way leads to where its person stands', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.constantFrom(...service.pages), async (begun, page) => {
        const { pages, next } = walk(service, begun, momentOf(NOW));
        const shown = await ask(pageUrl(service, page), begun);
        const before = pages.filter(({ index }) => index < page.index);
        const isOpen = pages.includes(page) && (next === undefined || !before.includes(next));
        assert.equal(shown, isOpen ? page.id : pageUrl(service, next ?? reviewOf(service)));
      }),
    );
  });

  it('leads to a page that is shown: nobody is led in a circle', async () => {
    await fc.assert(
      fc.asyncProperty(draft, fc.constantFrom(...service.pages), async (begun, page) => {
        const shown = await ask(pageUrl(service, page), begun);
        if (shown.startsWith('/'))
          assert.equal(pageUrl(service, { ...page, id: await ask(shown, begun) }), shown);
      }),
    );
  });

  it('is nowhere for whoever has not begun, or has begun another version; and an address of no page leads on', async () => {
    const old: Draft = { key: 'k', version: service.version + 1, answers: {}, seen: [] };
    for (const begun of [undefined, old])
      assert.equal(await ask(`${serviceUrl(service)}/pet`, begun), serviceUrl(service));
    for (const path of ['/service/test/none', '/service/constructor/pet'])
      assert.equal(await ask(path, undefined), 'no such page');
  });
});
