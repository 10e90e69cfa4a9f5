import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES, type Language } from '#language';
import { type FaerAnswer, PointsReportView, printPoints, reportPoints } from '#registers';
import { addDays, type IsoDate } from '#time';
import { ENTRY_KINDS, ruleOf } from './kinds.ts';

const TODAY = '2026-11-23';
const PERSON = { familyName: 'Suharto', birthDate: '1970-06-15' };
type Entry = FaerAnswer['entries'][number];
const made = (kind: Entry['kind'], finalOn: IsoDate, more: Partial<Entry> = {}): Entry => ({
  id: `${kind} ${finalOn}`,
  kind,
  authority: 'Stadt Karlsruhe',
  reference: `Az. ${finalOn}`,
  ...(ruleOf(kind).offence ? { actedOn: addDays(finalOn, -60) } : {}),
  decidedOn: addDays(finalOn, -15),
  finalOn,
  ...more,
});
const answered = (
  points: number,
  entries: Entry[],
  licence: Partial<FaerAnswer['licence']> = {},
): FaerAnswer => ({
  version: 1,
  query: '',
  on: TODAY,
  person: PERSON,
  points,
  licence: { barredForever: false, ...licence },
  entries,
});
const show = (answer: FaerAnswer, language: Language = 'de'): string =>
  PointsReportView({ report: reportPoints(answer, TODAY), language }).text;
const count = (html: string, pattern: RegExp): number => [...html.matchAll(new RegExp(pattern, 'g'))].length;

const crime = made('crime', '2025-03-01');
const minor = made('minorOffence', '2026-02-28');
const everything = answered(
  9,
  ENTRY_KINDS.map((kind) => made(kind, '2026-01-31')),
  { probationUntil: '2028-01-01', barredUntil: '2027-02-03', barredForever: true },
);

describe('the report', () => {
  it('says what the register counts, also when its entries add up to something else', () => {
    const right = reportPoints(answered(3, [crime, minor]), TODAY);
    assert.deepEqual([right.points, right.step, right.addsUp], [3, 'noted', true]);
    assert.deepEqual(right.fall, { on: '2028-08-29', points: 2 });
    const other = reportPoints(answered(5, [crime, minor]), TODAY);
    assert.deepEqual(
      [other.points, other.step, other.addsUp, other.fall],
      [5, 'admonition', false, undefined],
    );
    assert.match(show(answered(5, [crime, minor])), /Das Register zählt anders/);
    assert.doesNotMatch(show(answered(3, [crime, minor])), /Das Register zählt anders/);
  });

  it('puts the latest decision first and says of each what it is today', () => {
    const reissue = { on: '2026-06-01', pointsKept: false };
    const withdrawn = made('crimeWithdrawal', '2025-01-10');
    const after = made('minorOffence', '2026-10-01');
    const waiting = made('minorOffence', '2024-01-31');
    const overdue = made('minorOffence', '2022-01-31');
    const { entries, points } = reportPoints(
      answered(1, [waiting, after, overdue, made('refusal', '2026-01-01'), withdrawn], { reissue }),
      TODAY,
    );
    assert.equal(points, 1);
    assert.deepEqual(
      entries.map(({ state, finalOn }) => [state, finalOn]),
      [
        ['counts', '2026-10-01'],
        ['stored', '2026-01-01'],
        ['lapsed', '2025-01-10'],
        ['waiting', '2024-01-31'],
        ['overdue', '2022-01-31'],
      ],
    );
  });

  it('says "at the latest" only while a new licence could still bring the end forward', () => {
    const open = (finalOn: IsoDate) =>
      reportPoints(answered(0, [made('withdrawal', finalOn)]), TODAY).entries[0]?.atTheLatest;
    assert.equal(open('2021-11-24'), true);
    assert.equal(open('2021-11-23'), false);
  });
});

describe('the report on screen', () => {
  it('shows the points as number, as full fields of a scale with words, and the step one stands on', () => {
    for (const [points, entries, step] of [
      [1, [minor], 'Vormerkung'],
      [5, [crime, minor, crime], 'Ermahnung'],
      [7, [crime], 'Verwarnung'],
      [11, [crime], 'Entziehung der Fahrerlaubnis'],
    ] as const) {
      const html = show(answered(points, [...entries]));
      assert.match(html, new RegExp(`<span class="points-number">${points}</span>`));
      assert.match(html, new RegExp(`role="img" aria-label="${points} von 8 Punkten. Stufe: ${step}"`));
      assert.equal(count(html, /class="points-full"/), Math.min(points, 8));
      assert.equal(count(html, /<rect /), 8);
      assert.equal(count(html, /aria-current="step"/), 1);
      const here = /aria-current="step">.*?<\/li>/.exec(html)?.[0] ?? '';
      assert.ok(here.includes(step), here);
    }
  });

  it('says so when there is nothing, and shows no steps then', () => {
    const html = show(answered(0, []));
    assert.match(html, /Im Register steht nichts über Sie\./);
    assert.equal(count(html, /class="points-full"|aria-current/), 0);
    assert.equal(count(html, /<li/), 0);
  });

  it('shows of each entry its points, dates, and until when it counts and is stored', () => {
    const html = show(answered(1, [minor]));
    for (const part of [
      '1 Punkt: Ordnungswidrigkeit',
      '30. Dezember 2025',
      '28. Februar 2026',
      'Zählt bis</dt><dd>28. August 2028',
      'Gespeichert bis</dt><dd>28. August 2029',
      'Stadt Karlsruhe',
      'Az. 2026-02-28',
    ]) {
      assert.ok(html.includes(part), part);
    }
  });

  it('shows what the register wrote as text, whatever it is', () => {
    const html = show(answered(1, [{ ...minor, offence: '<script>alert(1)</script>', authority: '"><b>' }]));
    assert.ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;') && html.includes('&quot;&gt;&lt;b&gt;'));
    assert.doesNotMatch(html, /<script|<b>|style=/);
  });

  it('has words for everything in every language, and headings in order', () => {
    for (const language of LANGUAGES) {
      const html = show(everything, language);
      assert.doesNotMatch(html, /undefined|\[object|NaN/);
      assert.equal(count(html, /<h3[ >]/), ENTRY_KINDS.length);
      assert.ok(html.indexOf('<h2') < html.indexOf('<h3'));
      assert.ok(!html.includes('<h1'));
    }
    assert.notEqual(show(everything, 'leicht'), show(everything, 'de'));
  });
});

describe('the report on paper', () => {
  it('says what it is not, who asked, the points, and every entry with its end, in every language', () => {
    for (const [language, no, end] of [
      ['de', 'keine amtliche Bescheinigung', '28. August 2028'],
      ['en', 'not an official certificate', '28 August 2028'],
      ['leicht', 'kein amtliches Papier', '28. August 2028'],
    ] as const) {
      const report = reportPoints(answered(1, [minor]), TODAY);
      const print = printPoints(report, PERSON, language);
      assert.ok(print.notice.includes(no), print.notice);
      assert.equal(print.about[0]?.value, 'Suharto');
      assert.match(print.result.value, /^1 (Punkt|point)$/);
      assert.ok(print.entries[0]?.lines.some(({ value }) => value === end));
      const all = JSON.stringify(printPoints(reportPoints(everything, TODAY), PERSON, language));
      assert.doesNotMatch(all, /undefined|null|""/);
    }
  });
});
