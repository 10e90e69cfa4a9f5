import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createShares } from '#share';
import { freshDatabase, type TestDatabase } from '#test/database';
import { openVisits, type Reply, type SentForm, type Visit, type VisitDeps, type Visits } from '#visit';
import { DEFAULT_SETTINGS } from '#web';
import { MOST_ATTACHED, MOST_CHARACTERS } from './actions.tsx';
import { type Judged, keep, keepDone, keepReply, toSay, wanted } from './reply.ts';

const WHO = { client: 'here', screen: 'terminal' } as const;
const CASE = { caseId: 'c', number: '482913605', accessCode: 'x' };
const start = { site: 'rathaus', terminal: undefined, language: 'de', settings: DEFAULT_SETTINGS } as const;

let database: TestDatabase;
let deps: Visits;
before(async () => {
  database = await freshDatabase();
  const { db } = database;
  const clock = { now: () => new Date('2026-11-23T10:00:00+01:00') };
  const keys = { index: (purpose: string, value: string) => Buffer.from(`${purpose}|${value}`) };
  const ground = { db, clock, shares: createShares({ db, clock, keys, unlimited: true }) };
  // Nothing of the other rooms is asked for an answer that is not sent yet.
  deps = openVisits(ground as unknown as VisitDeps, () => new Response());
});
after(() => database.drop());

const now = async (visit: Visit): Promise<Visit> => deps.store.update(visit, () => {});
async function opened(reply?: Reply): Promise<Visit> {
  const visit = await deps.store.create(start);
  return deps.store.update(visit, ({ secret }) => {
    secret.status = { ...CASE, reply };
  });
}
async function fileOf(visit: Visit, name: string) {
  const content = Buffer.from(name);
  const file = await deps.files.keep(visit, content);
  return { file, name, mediaType: 'application/pdf', bytes: content.length };
}
const stored = async (visit: Visit): Promise<string[]> => {
  const rows = await database.db
    .selectFrom('draft_file')
    .select('id')
    .where('visit_id', '=', visit.id)
    .execute();
  return rows.map(({ id }) => id).sort();
};
const form = (text: string, uploads: SentForm['uploads'] = new Map()): SentForm => ({
  fields: { text: [text] },
  uploads,
});
const codes = ({ errors = [] }: Pick<Reply, 'errors'>): string[] => errors.map(({ code }) => code);

describe('an answer that is not sent yet', () => {
  it('shows every file that is kept for it, and not more than fit, whatever tabs add and take off', async () => {
    const act = fc.record({
      tab: fc.nat(1),
      adds: fc.nat(3),
      drops: fc.option(fc.nat(MOST_ATTACHED), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 5 }), async (acts) => {
        const visit = await opened();
        // What each tab has on its screen, which may be old.
        const tabs: [Visit, Visit] = [visit, visit];
        for (const { tab, adds, drops } of acts) {
          const seen = tabs[tab] ?? visit;
          const before = seen.secret.status?.reply?.files ?? [];
          const without = drops === undefined ? undefined : before[drops]?.file;
          const staying = before.filter(({ file }) => file !== without);
          const room = MOST_ATTACHED - staying.length;
          const fresh = await Promise.all(
            Array.from({ length: Math.min(adds, room) }, (_, index) => fileOf(visit, `${tab}${index}`)),
          );
          const reply: Judged = {
            ...{ text: 'x', errors: [] },
            files: [...staying, ...fresh],
            fresh: fresh.map(({ file }) => file),
          };
          await keep(deps, seen, reply, without);
          tabs[tab] = await now(visit);
        }
        const { files = [] } = (await now(visit)).secret.status?.reply ?? {};
        assert.ok(files.length <= MOST_ATTACHED);
        assert.deepEqual(files.map(({ file }) => file).sort(), await stored(visit));
      }),
      { numRuns: 25 },
    );
  });

  it('is sent with a word or a file in it, and not with more than fits into the field', async () => {
    const visit = await opened();
    const letter = fc.constantFrom('a', 'ß', '😀', ' ', '\n');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: letter, maxLength: 40 }), async (text) => {
        const reply = await wanted(deps, visit, form(text), WHO);
        assert.equal(reply.text, text.trim());
        assert.deepEqual(codes(reply), text.trim() === '' ? ['required'] : []);
      }),
    );
    const long = '😀'.repeat(MOST_CHARACTERS);
    assert.deepEqual(codes(await wanted(deps, visit, form(long), WHO)), []);
    assert.deepEqual(codes(await wanted(deps, visit, form(`${long}a`), WHO)), ['tooLong']);
    const attached = await opened();
    await keep(deps, attached, { text: '', errors: [], files: [await fileOf(attached, 'a')], fresh: [] });
    const file = await fileOf(attached, 'b');
    await keep(deps, attached, { text: '', errors: [], files: [file], fresh: [file.file] });
    assert.deepEqual(codes(await wanted(deps, await now(attached), form(''), WHO)), []);
  });

  it('names each file that cannot be taken', async () => {
    const visit = await opened();
    const upload = (name: string) => ({ name, content: Buffer.from('no picture') });
    const files = [upload('a.txt'), upload('b.txt')];
    const reply = await wanted(deps, visit, form('x', new Map([['file', files]])), WHO);
    assert.deepEqual(
      reply.errors.map(({ code, params }) => [code, params.name]),
      [
        ['fileWrongType', 'a.txt'],
        ['fileWrongType', 'b.txt'],
      ],
    );
    assert.deepEqual([reply.files, await stored(visit)], [[], []]);
  });

  it('says what was wrong where its page comes back for that, and is silent to whoever opens the page anew', async () => {
    const errors = [{ field: 'text', code: 'required', own: false, params: {} }];
    const visit = await opened({ text: 'x', files: [], errors, again: true });
    assert.deepEqual(codes((await toSay(deps, visit)).reply ?? {}), ['required']);
    assert.deepEqual(codes((await toSay(deps, await now(visit))).reply ?? {}), []);
    const old = await opened({ text: 'x', files: [], errors });
    const { reply } = await toSay(deps, old);
    assert.deepEqual([reply?.text, reply?.errors], ['x', []]);
  });

  it('stays when the language changes, and what was wrong is said only while it is', async () => {
    const errors = [{ field: 'text', code: 'required', own: false, params: {} }];
    const visit = await opened({ text: '', files: [], errors });
    await keepReply(deps, visit, form('  '), WHO);
    const empty = await now(visit);
    assert.deepEqual(codes((await toSay(deps, empty)).reply ?? {}), ['required']);
    await keepReply(deps, empty, form('Guten Tag'), WHO);
    const { reply } = await toSay(deps, await now(visit));
    assert.deepEqual([reply?.text, reply?.errors], ['Guten Tag', []]);
  });
});

describe('an answer that was sent', () => {
  it('is said to be so once, and leaves nothing but what another tab has attached since', async () => {
    const visit = await opened();
    const [sent, later] = [await fileOf(visit, 'sent'), await fileOf(visit, 'later')];
    const answer: Reply = { text: 'x', files: [sent] };
    const other = await deps.store.update(visit, ({ secret }) => {
      secret.status = { ...CASE, reply: { text: 'x', files: [sent, later] } };
    });
    await keepDone(deps, other, 'answered', answer);
    const first = await toSay(deps, await now(visit));
    assert.deepEqual([first.done, first.reply?.text, first.reply?.files], ['answered', '', [later]]);
    assert.equal((await toSay(deps, await now(visit))).done, undefined);
  });

  it('leaves what was written alone where something else was done', async () => {
    const visit = await opened({ text: 'half', files: [] });
    await keepDone(deps, visit, 'moved');
    const { reply, done } = await toSay(deps, await now(visit));
    assert.deepEqual([done, reply?.text], ['moved', 'half']);
  });
});
