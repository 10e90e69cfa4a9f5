import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { acceptUpload } from '#files';
import { sampleFile } from '#play';
import { freshOffice, type TestOffice, testService } from '#test/office';
import { receivedBy } from './parcels.ts';

const delivery = { channel: 'fit-connect', authority: 'bfj', name: 'Bundesamt für Justiz' } as const;
/** Two are opened at a time, and twenty wait. */
const ALL_HANDS = 42;

let office: TestOffice;
before(async () => {
  office = await freshOffice(testService({ delivery, leika: '99000000000001' }));
});
after(() => office.close());

const content = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0);
const file = (name: string, bytes = content) => ({
  ...{ id: randomUUID(), name, mediaType: 'application/pdf', content: bytes },
});

/**
 * What an authority writes arrives in the case, as it does when replies are fetched.
 * @param meanwhile begins just before the files are looked at
 * @returns what was reported
 */
async function arrives(
  caseId: string,
  files: ReturnType<typeof file>[],
  meanwhile = (): void => {},
): Promise<string[]> {
  const reported: string[] = [];
  const received = receivedBy(office.cases, async (_tx, _caseId, code) => void reported.push(code));
  await office.db.transaction().execute((tx) => {
    meanwhile();
    return received.reply(tx, caseId, { text: 'Hier.', files });
  });
  return reported;
}

async function lettersOf(caseId: string) {
  const view = await office.cases.forCitizen(caseId);
  return (view?.history ?? []).flatMap(({ kind, text, files, missing }) =>
    kind === 'message' ? [{ text, files: files.map(({ name }) => name), missing }] : [],
  );
}

describe('what an authority writes back', () => {
  it('arrives without the files that cannot be taken, and says how many are missing', async () => {
    const { caseId } = await office.cases.submit(await office.handIn());
    const files = [file('bescheid.pdf'), file('leer.pdf', Buffer.alloc(0)), file('x.pdf', Buffer.from('MZ'))];
    assert.deepEqual(await arrives(caseId, files), ['reply-file-refused']);
    assert.deepEqual(await lettersOf(caseId), [{ text: 'Hier.', files: ['bescheid.pdf'], missing: 2 }]);
    assert.deepEqual(await arrives(caseId, [file('gut.pdf')]), []);
  });

  it('is not taken while too many files are looked at, and is whole when it is fetched once more', async () => {
    const { caseId } = await office.cases.submit(await office.handIn());
    const rules = { accept: ['application/pdf'], maxBytes: 2 * content.length };
    const others: ReturnType<typeof acceptUpload>[] = [];
    const crowd = (): void => {
      while (others.length < ALL_HANDS) others.push(acceptUpload(content, 'a.pdf', rules));
    };
    await assert.rejects(arrives(caseId, [file('bescheid.pdf')], crowd), /too many at once/);
    assert.deepEqual(await lettersOf(caseId), []);
    assert.ok((await Promise.all(others)).every(({ ok }) => ok));
    assert.deepEqual(await arrives(caseId, [file('bescheid.pdf')]), []);
    assert.deepEqual(await lettersOf(caseId), [{ text: 'Hier.', files: ['bescheid.pdf'], missing: 0 }]);
  });
});
