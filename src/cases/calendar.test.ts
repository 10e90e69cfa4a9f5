import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { freshOffice } from '#test/office';
import { calendarText, span } from './calendar.ts';

const entry = {
  uid: 'x@amt.example',
  sequence: 0,
  stamp: new Date(0),
  starts: new Date(0),
  ends: new Date(1),
  cancelled: false,
  tentative: false,
};
/** What a calendar program reads: lines joined again, then one property. */
const property = (file: string, name: string) =>
  file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .find((line) => line.startsWith(`${name}:`))
    ?.slice(name.length + 1);
const unescaped = (value = '') =>
  value.replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character));

describe('a calendar file', () => {
  it('says the evening before in universal time, in winter and in summer', () => {
    const times = { starts: '19:00', ends: '06:30', dayOffset: -1 };
    const iso = (date: string) => {
      const { starts, ends } = span({ date, ...times });
      return [starts.toISOString(), ends.toISOString()];
    };
    assert.deepEqual(iso('2026-12-12'), ['2026-12-11T18:00:00.000Z', '2026-12-12T05:30:00.000Z']);
    assert.deepEqual(iso('2027-06-12'), ['2027-06-11T17:00:00.000Z', '2027-06-12T04:30:00.000Z']);
    assert.deepEqual(
      iso('2027-03-28'),
      ['2027-03-27T18:00:00.000Z', '2027-03-28T04:30:00.000Z'],
      'the night the clocks change',
    );
    const day = span({ date: '2026-12-12', starts: '08:00', ends: '12:00', dayOffset: 0 });
    assert.deepEqual(
      [day.starts.getTime() < day.ends.getTime(), day.ends.toISOString()],
      [true, '2026-12-12T11:00:00.000Z'],
    );
  });

  it('keeps any text whole, in lines of at most 75 bytes that end with CRLF', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (raw) => {
        const text = raw.replace(/\p{C}/gu, '');
        const file = calendarText({ ...entry, title: text, text: `${text}\nZeile; zwei, \\ drei` });
        assert.equal(unescaped(property(file, 'SUMMARY')), text);
        assert.equal(unescaped(property(file, 'DESCRIPTION')), `${text}\nZeile; zwei, \\ drei`);
        assert.ok(file.endsWith('END:VCALENDAR\r\n'));
        for (const line of file.split('\r\n')) {
          assert.ok(Buffer.byteLength(line) <= 75);
          assert.ok(!line.includes('\n'));
        }
      }),
    );
  });

  it('of a case follows the date: same entry, higher sequence, and is withdrawn with it', async () => {
    const office = await freshOffice();
    const { caseId } = await office.cases.submit(await office.handIn());
    const first = (await office.cases.calendarFile(caseId, 'de')) ?? '';
    assert.equal(property(first, 'DTSTART'), '20261213T180000Z');
    assert.equal(property(first, 'SUMMARY'), 'Abholung');
    await office.cases.reschedule(caseId, (await office.slot(30)).id);
    const second = (await office.cases.calendarFile(caseId, 'de')) ?? '';
    assert.equal(property(second, 'UID'), property(first, 'UID'));
    assert.equal(property(second, 'DTSTART'), '20261222T180000Z');
    assert.ok(Number(property(second, 'SEQUENCE')) > Number(property(first, 'SEQUENCE')));
    await office.cases.withdraw(caseId);
    const third = (await office.cases.calendarFile(caseId, 'de')) ?? '';
    for (const name of ['UID', 'DTSTART', 'SUMMARY'])
      assert.equal(property(third, name), property(second, name), name);
    assert.deepEqual(
      [property(second, 'METHOD'), property(third, 'METHOD'), property(third, 'STATUS')],
      ['PUBLISH', 'CANCEL', 'CANCELLED'],
    );
    assert.ok(Number(property(third, 'SEQUENCE')) > Number(property(second, 'SEQUENCE')));
    assert.ok(!third.includes('VALARM'), 'nothing reminds of it any more');
  });

  it('of a date that nobody comes to, because the office has rejected the order, is withdrawn too', async () => {
    const office = await freshOffice();
    const { caseId } = await office.cases.submit(await office.handIn());
    const clerk = { subject: 'clerk-1', offices: ['tsk'] };
    await office.cases.decide(caseId, clerk, 1, 'rejected', 'Nicht im Stadtgebiet');
    const file = (await office.cases.calendarFile(caseId, 'de')) ?? '';
    assert.deepEqual([property(file, 'METHOD'), property(file, 'SEQUENCE')], ['CANCEL', '1']);
    await office.close();
  });
});
