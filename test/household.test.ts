import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findAll, textOf } from '#play';
import { arrive, type Citizen, type Fill, type Handed, household, SOFA } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const SERVICE = 'sperrmuell';
const NOTE = /ist hier schon genutzt\. Bitte entscheiden Sie/;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

const main = (person: Citizen): string =>
  textOf(findAll(person.page, ({ tag }) => tag === 'main')[0] ?? person.page);

async function order(answers: Fill): Promise<Handed> {
  const person = await arrive(office.origin);
  await person.walk(SERVICE, answers);
  return person.handIn(SERVICE);
}

/** What the clerk sees of a case. */
async function atTheDesk({ number }: Handed): Promise<string> {
  await office.work();
  const clerk = await signIn(office.origin, 'tsk');
  return (await clerk.get((await clerk.find(number)) ?? '')).text;
}

/** What everybody who holds number and code sees. */
async function statusOf(handed: Handed): Promise<Citizen> {
  const person = await arrive(office.origin);
  await person.openCase(handed);
  return person;
}

describe('a house from which somebody has ordered', () => {
  it('says the same to everybody, and not who it was', async () => {
    await order(household(21));
    const pages = await Promise.all(
      ['Đặng', 'Müller'].map(async (familyName) => {
        const person = await arrive(office.origin);
        await person.walk(SERVICE, { ...household(21), familyName }, 'claim');
        return main(person);
      }),
    );
    assert.equal(pages[0], pages[1]);
    assert.doesNotMatch(pages[0] ?? '', /Đặng|Müller/);
    assert.match(pages[0] ?? '', /Sie können trotzdem weitermachen/);
  });

  it('takes another household’s order, also of the same name, and needs nobody to decide on it', async () => {
    await order(household(22));
    const other = await order({ ...household(22), claim: 'another', flat: '3. Stock links' });
    const page = await atTheDesk(other);
    assert.match(page, /3\. Stock links/);
    assert.match(page, /Wir sind ein anderer Haushalt in diesem Haus/);
    assert.doesNotMatch(page, NOTE);
  });

  it('does not tell of a flat whether it has ordered: the clerk is told, and decides', async () => {
    await order(household(23));
    await order({ ...household(23), claim: 'another', flat: '3. Stock links' });
    const person = await arrive(office.origin);
    await person.walk(SERVICE, { ...household(23), claim: 'another', flat: '3.Stock, links' }, 'place');
    assert.deepEqual(person.errors, []);
    await person.walk(SERVICE, SOFA);
    const again = await person.handIn(SERVICE);
    assert.doesNotMatch(main(person), NOTE);
    assert.match(await atTheDesk(again), NOTE);
    assert.doesNotMatch(main(await statusOf(again)), NOTE);
  });

  it('lets people go on whose allowance a stranger has used: the office decides', async () => {
    await order({ ...household(24), familyName: 'Fremd' });
    const mine = await order({ ...household(24), claim: 'decide' });
    assert.match(await atTheDesk(mine), NOTE);
  });

  it('promises nobody a collection on which the office has yet to decide, and everything once it has said yes', async () => {
    await order(household(27));
    const person = await arrive(office.origin);
    await person.walk(SERVICE, { ...household(27), claim: 'decide' });
    const mine = await person.handIn(SERVICE);
    assert.match(main(person), /Vorgemerkt für den .*2026\. Wir kommen nur, wenn das Team zusagt/);
    assert.doesNotMatch(main(person), /Dann holen wir es ab|ist bestellt\./);
    const calendar = async (): Promise<string> => {
      const status = await statusOf(mine);
      await status.open(`/papers/${mine.number}/calendar.ics`);
      return status.shown.text.replaceAll('\r\n ', '');
    };
    assert.match(await calendar(), /STATUS:TENTATIVE/);
    assert.match(await calendar(), /SUMMARY:Nur vorgemerkt/);
    assert.match(main(await statusOf(mine)), /Das Team muss die Abholung noch bestätigen/);

    await office.work();
    const clerk = await signIn(office.origin, 'tsk');
    const path = (await clerk.find(mine.number)) ?? '';
    const tours = async (): Promise<number> => {
      const [, day = ''] =
        /href="(\/desk\/tours\/sperrmuell\/2026-11-30)"/.exec((await clerk.get('/desk/tours')).text) ?? [];
      return (await clerk.get(day)).text.split('Noch nicht zugesagt').length - 1;
    };
    const waiting = await tours();
    assert.match((await clerk.get('/desk')).text, /Noch nicht zugesagt/);
    await clerk.act(path, 'accept', {});
    assert.equal(await tours(), waiting - 1);
    assert.match(main(await statusOf(mine)), /Das Amt hat zugesagt/);
    assert.doesNotMatch(main(await statusOf(mine)), /noch bestätigen/);
    assert.match(await calendar(), /STATUS:CONFIRMED/);
    assert.match(await calendar(), /Dann holen wir es ab/);
  });

  it('is not collected from before the booked day unless somebody confirms it, and the date becomes free then', async () => {
    const mine = await order(household(28));
    await office.work();
    const clerk = await signIn(office.origin, 'tsk');
    const path = (await clerk.find(mine.number)) ?? '';
    const refused = await clerk.act(path, 'decide', { decision: 'done', text: '' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Der gebuchte Tag ist noch nicht gekommen/);
    assert.doesNotMatch(main(await statusOf(mine)), /Wir haben Ihre Sachen abgeholt/);
    await clerk.act(path, 'decide', { decision: 'done', text: '', early: 'yes' });
    const status = await statusOf(mine);
    assert.match(main(status), /Wir haben Ihre Sachen abgeholt/);
    await status.open(`/papers/${mine.number}/calendar.ics`);
    assert.match(status.shown.text, /STATUS:CANCELLED/);
  });

  it('is a house like any other when the office has refused the order, or it was withdrawn', async () => {
    const refused = await order(household(25));
    await office.work();
    const clerk = await signIn(office.origin, 'tsk');
    await clerk.act((await clerk.find(refused.number)) ?? '', 'decide', {
      decision: 'rejected',
      text: 'Doppelt',
    });
    const status = await statusOf(await order(household(25)));
    const form = status.form('/status/case/withdraw');
    form.fill('sure', 'yes');
    await status.press(form.press());
    await order(household(25));
  });

  it('sends people who bring their things themselves where that is possible', async () => {
    await order(household(26));
    const person = await arrive(office.origin);
    await person.walk(SERVICE, { ...household(26), claim: 'bring' }, 'bring');
    assert.match(main(person), /Nordbeckenstraße 1/);
  });
});

describe('the tours of white goods', () => {
  const WHITE: Fill = { ...household(31), kind: 'white', 'devices.fridge': '1', smallDevices: 'no' };
  const offered = (person: Citizen): string[] =>
    findAll(person.page, ({ attributes }) => attributes.name === 'pickup').map(
      ({ attributes }) => attributes.value ?? '',
    );
  const calendarOf = async (slot: string | undefined) =>
    (
      await office.db
        .selectFrom('slot')
        .select('calendar')
        .where('id', '=', slot ?? '')
        .executeTakeFirst()
    )?.calendar;

  it('are others than those of bulky waste, and whoever changes their mind chooses a date anew', async () => {
    const person = await arrive(office.origin);
    await person.walk(SERVICE, WHITE, 'date');
    assert.equal(await calendarOf(offered(person)[0]), 'weisse-ware');
    await person.walk(SERVICE, WHITE);
    await person.open(`/service/${SERVICE}/what`);
    await person.press(person.fill(SERVICE, { kind: 'bulky' }).press({ name: '_action', value: 'next' }));
    await person.walk(SERVICE, household(31), 'date');
    assert.equal(await calendarOf(offered(person)[0]), 'sperrmuell');
    await person.walk(SERVICE, household(31));
    await person.handIn(SERVICE);
  });

  it('come twice a year to one household', async () => {
    const white = { ...WHITE, ...household(32, WHITE) };
    await order(white);
    await order(white);
    const person = await arrive(office.origin);
    await person.walk(SERVICE, white, 'claim');
  });
});

describe('a booked date', () => {
  it('is changed until the moment its page says, and afterwards the page says whom to call', async () => {
    const mine = await order(household(41));
    const [early, stale] = [await statusOf(mine), await statusOf(mine)];
    // The first Monday or Wednesday at least five days after Monday, 23 November.
    assert.match(
      main(early),
      /Bis .*29\. November 2026, 12 Uhr können Sie den Termin verschieben oder den Antrag zurückziehen/,
    );
    await early.open('/status/case/date');
    const move = early.form('/status/case/date');
    const [, later = ''] = findAll(early.page, ({ attributes }) => attributes.name === 'slot').map(
      ({ attributes }) => attributes.value ?? '',
    );
    move.fill('slot', later);
    const withdraw = stale.form('/status/case/withdraw');
    withdraw.fill('sure', 'yes');
    await office.at('2026-11-29T12:00:00+01:00', async () => {
      const late = await statusOf(mine);
      assert.match(
        main(late),
        /nicht mehr verschieben und der Antrag nicht mehr zurückziehen\. Bitte rufen Sie 115 an/,
      );
      assert.doesNotMatch(late.shown.text, /status\/case\/(withdraw|date)/);
      await late.open('/status/case/date');
      assert.equal(late.shown.status, 422);
      assert.match(main(late), /115/);
      const form = withdraw.press();
      const again = await statusOf(mine);
      await again.press({ ...form, entries: csrfOf(again, form.entries) });
      assert.equal(again.shown.status, 422);
      assert.match(main(again), /115/);
      assert.equal(findAll(again.page, ({ attributes }) => attributes['data-state'] === 'new').length, 1);
    });
  });
});

type Entries = ReturnType<ReturnType<Citizen['form']>['press']>['entries'];

/** A form of another visit, with the token of this one. */
function csrfOf(person: Citizen, entries: Entries): Entries {
  const token =
    findAll(person.page, ({ attributes }) => attributes.name === '_csrf')[0]?.attributes.value ?? '';
  return entries.map(([name, value]) => [name, name === '_csrf' ? token : value]);
}
