import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { findAll } from '#play';
import { arrive, type Citizen, type Handed, household } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import { atPay, type Payer } from '#test/payer';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

/** The real services without some of them, or with a second version of them. */
function servicesWith(change: (folder: string, slug: string) => void, slugs: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-services-'));
  cpSync('services', folder, { recursive: true });
  for (const slug of slugs) change(join(folder, slug), slug);
  return folder;
}

/** What the city has decided since. */
const decided: Record<string, 'none'> = {};

function gone(_folder: string, slug: string): void {
  decided[slug] = 'none';
}

/** Another version, which goes by another way and is called something else. */
function secondVersion(folder: string, slug: string): void {
  const rewrite = (file: string, change: (text: string) => string): void =>
    writeFileSync(join(folder, file), change(readFileSync(join(folder, file), 'utf8')));
  rewrite('service.yaml', (text) => text.replace(/^version: \d+$/m, 'version: 77'));
  rewrite('texts/de.yaml', (text) => text.replace(/^title: .*$/m, `title: Ganz anders ${slug}`));
}

async function openStatus(office: RunningOffice, handed: Handed): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return person;
}

const CHANGES = {
  'are taken out of the city': gone,
  'get a second version': secondVersion,
} as const;

for (const [change, how] of Object.entries(CHANGES)) {
  describe(`when services ${change} while cases wait`, () => {
    let office: RunningOffice;
    let folder: string;
    let sofa: Handed & { person: Citizen };
    /** Another sofa, which the desk decides on. */
    let other: Handed;
    let payer: Payer;
    let tsk: Clerk;
    before(async () => {
      office = await startRunningOffice({}, { services: decided });
      const person = await arrive(office.origin);
      await person.walk('sperrmuell', household(21));
      sofa = { ...(await person.handIn('sperrmuell')), person };
      const neighbour = await arrive(office.origin);
      await neighbour.walk('sperrmuell', household(22));
      other = await neighbour.handIn('sperrmuell');
      payer = await atPay(office.origin, 'rathaus-1');
      await office.work();
      folder = servicesWith(how, ['sperrmuell', 'urkunden']);
      await office.restart(folder);
      tsk = await signIn(office.origin, 'tsk');
    });
    after(async () => {
      await office.close();
      rmSync(folder, { recursive: true });
      for (const slug of Object.keys(decided)) delete decided[slug];
    });

    const booked = ({ number }: Handed) =>
      office.db
        .selectFrom('booking')
        .innerJoin('slot', 'slot.id', 'booking.slot_id')
        .innerJoin('cases', 'cases.id', 'booking.case_id')
        .select(['slot.id', 'slot.date'])
        .where('cases.number', '=', number)
        .where('booking.state', '=', 'confirmed')
        .executeTakeFirstOrThrow();

    it('number and code open the case, with its own words, papers and dates', async () => {
      const before = await booked(sofa);
      const person = await openStatus(office, sofa);
      assert.equal(new URL(person.shown.url).pathname, '/status/case');
      assert.match(person.shown.text, /Sperrmüll/);
      assert.doesNotMatch(person.shown.text, /Ganz anders/);
      assert.match(person.shown.text, /Der Abholtag ist für Sie reserviert/);
      for (const paper of ['receipt.pdf', 'calendar.ics']) {
        const { status } = await person.client.get(`/papers/${sofa.number}/${paper}`);
        assert.equal(status, 200, paper);
      }
      await person.open('/status/case/date');
      const free = person.form('/status/case/date');
      const dates = findAll(person.page, ({ attributes }) => attributes.name === 'slot');
      const next = dates.at(-1)?.attributes.value ?? '';
      free.fill('slot', next);
      await person.press(free.press());
      const moved = await booked(sofa);
      assert.equal(moved.id, next);
      assert.notEqual(moved.date, before.date, 'it was moved');
    });

    it('who has just handed in still sees the receipt', async () => {
      await sofa.person.open('/service/sperrmuell/done');
      assert.deepEqual([sofa.person.receipt().number, sofa.person.receipt().code], [sofa.number, sofa.code]);
    });

    it('the desk has it in its inbox, on the crew’s list, and decides', async () => {
      const { text: inbox } = await tsk.get('/desk');
      assert.match(inbox, /Sperrmüll/);
      const { date } = await booked(other);
      assert.match((await tsk.get('/desk/tours')).text, new RegExp(`sperrmuell/${date}`));
      const list = await tsk.get(`/desk/tours/sperrmuell/${date}`);
      assert.match(list.text, /class="stop-address"[^>]*>[^<]* 22\b/);
      assert.match(list.text, /Sofa/);
      const path = (await tsk.find(other.number)) ?? '';
      await tsk.act(path, 'decide', { decision: 'rejected', text: 'Nicht unser Gebiet' });
      assert.match((await openStatus(office, other)).shown.text, /data-state="rejected"/);
    });

    it('who was about to pay pays, and the case comes in', async () => {
      const number = payer.reference();
      assert.equal((await payer.look()).at, 'choice');
      await payer.choose('card');
      const shown = await payer.settled();
      assert.equal(shown.at, 'done');
      await office.work();
      const { state } = await office.db
        .selectFrom('cases')
        .select('state')
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      assert.equal(state, 'new');
    });
  });
}
