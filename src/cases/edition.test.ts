import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CompiledService } from '#service';
import { freshOffice, type TestOffice, testService } from '#test/office';
import { changedUnderVersion, publishedSchemas, publishServices, TransitionError } from './index.ts';

const clerk = { subject: 'clerk-1', offices: ['tsk'] };
const AWAY = { channel: 'fit-connect', authority: 'bfj', name: 'Bundesamt' } as const;

/** The service as it was when cases came in. */
function first(changes: Partial<CompiledService> = {}): CompiledService {
  const service = testService({ leika: '99000000000001', submissionSchema: { const: 1 }, ...changes });
  const states = { new: 'Erste Fassung', done: 'Erledigt wie versprochen', withdrawn: 'Abgesagt' };
  return { ...service, texts: { ...service.texts, de: { ...service.texts.de, states } } };
}

/** What can become of it while cases wait. */
const LATER: Readonly<Record<string, (service: CompiledService) => CompiledService | undefined>> = {
  'is gone': () => undefined,
  'leads to a portal': (service) => ({
    ...service,
    ...{ fulfilment: 'portal', pages: [], questions: new Map(), decisions: [], retention: undefined },
    ...{
      result: { code: undefined, document: undefined, calendar: undefined, next: [] },
      submissionSchema: {},
    },
    delivery: { channel: 'desk' },
  }),
  'has a second version': (service) => ({
    ...service,
    ...{ version: service.version + 1, decisions: ['done'], submissionSchema: { const: 2 } },
    delivery: service.delivery.channel === 'desk' ? AWAY : { channel: 'desk' },
    texts: {
      ...service.texts,
      de: { ...service.texts.de, title: 'Anders', states: { new: 'Zweite Fassung' } },
    },
  }),
};

/** The office with nothing but this service in its catalogue. */
const offering = (office: TestOffice, service?: CompiledService) =>
  office.restarted({ catalogue: { get: (slug) => (slug === service?.slug ? service : undefined) } });

/** Another start of the office, with what the service is now. */
async function later(office: TestOffice, change: string) {
  const service = LATER[change]?.(office.service);
  await publishServices(office.db, { now: office.now }, service ? [service] : []);
  return offering(office, service);
}

const queued = async ({ db }: TestOffice, caseId: string) =>
  (await db.selectFrom('outbox').select('channel').where('case_id', '=', caseId).execute()).map(
    ({ channel }) => channel,
  );

for (const change of Object.keys(LATER)) {
  describe(`a case whose service ${change}`, () => {
    it('is found by desk, tours and codes, worked on and decided as before', async () => {
      const office = await freshOffice(first());
      const { caseId, code = '' } = await office.cases.submit(await office.handIn());
      const cases = await later(office, change);
      const [row] = await cases.list({ box: 'new', offices: ['tsk'], subject: '' });
      assert.equal(row?.title, 'Abholung (de)');
      assert.deepEqual(await cases.calendars(['tsk']), [
        { calendar: 'tour', title: change === 'has a second version' ? 'Anders' : 'Abholung (de)' },
      ]);
      const booked = [{ caseId, area: 'mitte' }];
      const tour = { calendar: 'tour', date: '2026-12-14' };
      const [stop] = await cases.forTour(tour, booked, clerk);
      assert.deepEqual(
        stop?.questions.map(({ id, kind }) => `${id} ${kind}`),
        ['familyName name', 'street text', 'mandate file', 'pickup slot'],
      );
      assert.deepEqual(await cases.forTour(tour, booked, { ...clerk, offices: ['oa'] }), []);
      assert.equal((await cases.findCode(code, clerk))?.found.caseId, caseId);
      const opened = await cases.forStaff(caseId, clerk, 'work');
      assert.deepEqual(opened?.kind === 'open' && opened.view.decisions, ['done', 'rejected']);
      await cases.decide(caseId, clerk, 1, 'rejected', 'Nicht im Stadtgebiet');
      assert.equal((await cases.find(caseId))?.state, 'rejected');
      await office.close();
    });

    it('shows its citizen the words of the day it was handed in, and is moved and taken back', async () => {
      const office = await freshOffice(first());
      const { caseId, accessCode } = await office.cases.submit(await office.handIn());
      const cases = await later(office, change);
      const seen = await cases.forCitizen(caseId);
      assert.deepEqual(
        [seen?.shown.de.title, seen?.stateText.de, seen?.may],
        ['Abholung (de)', 'Erste Fassung', { answer: true, withdraw: true, move: true }],
      );
      const slot = await office.slot(30);
      await cases.reschedule(caseId, slot.id);
      const moved = await cases.forCitizen(caseId);
      assert.equal(moved?.booking?.slot.date, slot.date);
      assert.equal(moved?.shown.de.result.next[0], `Am ${slot.date} kommen wir.`);
      const words = JSON.stringify(moved?.shown);
      assert.ok(
        words.includes(slot.date) && !words.includes('2026-12-14'),
        'no word of the old date is left',
      );
      for (const paper of [
        await cases.receiptPdf(caseId, accessCode, 'de'),
        await cases.documentPdf(caseId, 'en'),
        await cases.calendarFile(caseId, 'de'),
      ])
        assert.ok(paper);
      await cases.withdraw(caseId);
      assert.equal((await cases.forCitizen(caseId))?.stateText.de, 'Abgesagt');
      await office.close();
    });

    it('goes where it was to go when it is paid for, with the schema of its own version', async () => {
      const office = await freshOffice(first({ delivery: AWAY }));
      const { caseId } = await office.cases.submit({
        ...(await office.handIn()),
        payment: { cents: 100 },
      });
      const cases = await later(office, change);
      office.pass(20 * 60_000);
      await office.db.transaction().execute((tx) => cases.activate(tx, caseId));
      const { createdAt } = (await cases.forCitizen(caseId)) ?? {};
      assert.deepEqual(createdAt, office.now(), 'it came in when it was paid');
      assert.deepEqual(await queued(office, caseId), ['fit-connect']);
      const sent = await cases.forAuthority(caseId);
      assert.deepEqual(
        [sent.service, sent.serviceVersion, sent.leika, sent.authority, sent.title],
        ['abholung', 3, '99000000000001', 'bfj', 'Abholung (de)'],
      );
      assert.deepEqual(await cases.submissionSchema('abholung', 3), { const: 1 });
      assert.equal((await cases.forCitizen(caseId))?.may.withdraw, true, 'nobody has it yet');
      await office.db
        .updateTable('cases')
        .set({ delivered_at: office.now() })
        .where('id', '=', caseId)
        .execute();
      assert.equal((await cases.forCitizen(caseId))?.may.withdraw, false);
      await assert.rejects(cases.withdraw(caseId), TransitionError);
      const done = office.db.transaction().execute((tx) => cases.concludedBy(caseId, 'done', '', tx));
      assert.equal(await done, true);
      assert.equal((await cases.forCitizen(caseId))?.stateText.de, 'Erledigt wie versprochen');
      await office.close();
    });
  });
}

describe('a case from before editions were kept', () => {
  const forget = (office: TestOffice) => office.db.updateTable('cases').set({ edition: null }).execute();

  it('finds the edition of its version when the office opens, also where the city leads to a portal now', async () => {
    const office = await freshOffice(first({ delivery: AWAY }));
    const { caseId } = await office.cases.submit(await office.handIn());
    await forget(office);
    await office.db.deleteFrom('service_edition').execute();
    await publishServices(office.db, { now: office.now }, [office.service]);
    const cases = offering(office);
    assert.equal((await cases.forAuthority(caseId)).serviceVersion, 3);
    assert.equal((await cases.forCitizen(caseId))?.stateText.de, 'Erste Fassung');
    await office.close();
  });

  it('makes do with another version, and goes on working where nothing is known of its service', async () => {
    const office = await freshOffice(first({ delivery: AWAY }));
    const { caseId } = await office.cases.submit(await office.handIn());
    await forget(office);
    await office.db.deleteFrom('service_edition').execute();
    const bare = offering(office);
    const seen = await bare.forCitizen(caseId);
    assert.deepEqual([seen?.shown.de.title, seen?.stateText], ['Abholung (de)', {}]);
    const [row] = await bare.list({ box: 'new', offices: ['tsk'], subject: '' });
    assert.equal(row?.title, 'abholung');

    const second = { ...office.service, version: 4, submissionSchema: { const: 2 } };
    await publishServices(office.db, { now: office.now }, [second]);
    const cases = offering(office, second);
    const sent = await cases.forAuthority(caseId);
    assert.deepEqual([sent.leika, sent.serviceVersion], ['99000000000001', 3], 'never as another version');
    await office.db.transaction().execute((tx) => cases.concludedBy(caseId, 'done', '', tx));
    assert.equal((await cases.find(caseId))?.state, 'done');
    await office.close();
  });
});

describe('what was published', () => {
  it('is kept by version, and written once however often an office starts', async () => {
    const office = await freshOffice(first());
    const clock = { now: office.now };
    const second = LATER['has a second version']?.(office.service);
    assert.ok(second);
    for (const services of [[office.service], [second], [office.service, second]])
      await publishServices(office.db, clock, services);
    const published = await publishedSchemas(office.db);
    assert.deepEqual(
      published.map(({ service, version, schema }) => [service, version, schema]),
      [
        ['abholung', 3, { const: 1 }],
        ['abholung', 4, { const: 2 }],
      ],
    );
    const rows = await office.db.selectFrom('service_edition').select('id').execute();
    assert.equal(rows.length, 2);
    assert.equal(await office.cases.submissionSchema('abholung', 5), undefined);
    assert.equal(await office.cases.submissionSchema('nichts', 3), undefined);
    await office.close();
  });

  it('under a version may not become something else for another authority', async () => {
    const office = await freshOffice(first({ delivery: AWAY }));
    await publishServices(office.db, { now: office.now }, [office.service]);
    const says = (changes: Partial<CompiledService>) =>
      changedUnderVersion(office.db, [{ ...office.service, ...changes }]);
    assert.deepEqual(await says({}), []);
    assert.deepEqual(await says({ submissionSchema: { const: 2 }, version: 4 }), []);
    assert.deepEqual(await says({ submissionSchema: { const: 2 }, delivery: { channel: 'desk' } }), []);
    const [problem, ...more] = await says({ submissionSchema: { const: 2 } });
    assert.match(problem ?? '', /services\/abholung: .* version 3 .* raise `version`/);
    assert.deepEqual(more, []);
    await office.close();
  });
});

it('what its citizen takes back before it is delivered goes nowhere', async () => {
  const office = await freshOffice(first());
  const { caseId } = await office.cases.submit(await office.handIn());
  await office.cases.withdraw(caseId);
  await office.delivery.runOnce();
  assert.equal((await office.cases.find(caseId))?.deliveredAt, null);
  assert.deepEqual(
    await office.db.selectFrom('outbox').select('state').where('case_id', '=', caseId).execute(),
    [{ state: 'done' }],
  );
  await office.close();
});
