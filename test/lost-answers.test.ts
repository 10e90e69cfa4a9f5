import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { playJourney } from '#play';
import type { CompiledService, ExampleJourney } from '#service';
import { services } from '#test/browser-journey';
import { coveringJourneys, kindsOf } from '#test/covering';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { startUnreliableLine, type UnreliableLine } from '#test/unreliable-line';

let office: RunningOffice;
let line: UnreliableLine;
before(async () => {
  // What stands by itself (styles, scripts) is nobody's answer.
  line = await startUnreliableLine(({ path }) => !/^\/(?:assets|city|sandbox)\//.test(path));
  office = await startRunningOffice({ AMTOMAT_PUBLIC_URL: line.origin });
  line.leadsTo(office.origin);
});
after(async () => {
  await office?.close();
  await line.stop();
});

/** One journey for each way of proving who one is and of paying, and for each kind of page, question and ending. */
function chosen(): { service: CompiledService; journey: ExampleJourney }[] {
  const all = services().flatMap((service) => service.journeys.map((journey) => ({ service, journey })));
  const serviceOf = new Map(all.map(({ service, journey }) => [journey, service]));
  const meets = (journey: ExampleJourney): string[] => {
    const service = serviceOf.get(journey);
    const ways = journey.steps.flatMap(({ identify, device }) => [
      identify && `identify ${identify}`,
      device && 'device',
    ]);
    const paid =
      journey.expect.outcome === 'submitted' && journey.expect.fee
        ? `pay ${journey.expect.pay ?? 'page'}`
        : '';
    return [...(service ? kindsOf(service)(journey) : []), ...ways, paid].filter(
      (one): one is string => !!one,
    );
  };
  const journeys = coveringJourneys(
    all.map(({ journey }) => journey),
    meets,
  );
  return all.filter(({ journey }) => journeys.includes(journey));
}

const counted = async (table: 'cases' | 'payment'): Promise<number> => {
  const { count } = await office.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
};

let households = 600;

describe('a journey on which every answer is lost once, and every request sent twice', () => {
  for (const { service, journey } of chosen())
    it(`${service.slug}: ${journey.title}`, async () => {
      households += 1;
      const [cases, payments, lost] = [await counted('cases'), await counted('payment'), line.lost];
      const outcome = await playJourney(line.origin, service.slug, journey, {
        ...{ terminal: 'rathaus-1', today: '2026-11-23', household: households },
      });
      assert.ok(outcome.ok, outcome.ok ? '' : `step ${outcome.step}, ${outcome.page}: ${outcome.problem}`);
      const handedIn = [...journey.after, journey].filter(({ expect }) => expect.outcome === 'submitted');
      assert.equal((await counted('cases')) - cases, handedIn.length, 'cases');
      const due = handedIn.filter(({ expect }) => expect.fee);
      assert.equal((await counted('payment')) - payments, due.length, 'payments');
      assert.ok(line.lost > lost);
    });
});
