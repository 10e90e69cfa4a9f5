import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { acceptUpload } from '#files';
import { about, LANGUAGES } from '#language';
import { din91379 } from '#test/din91379';
import {
  type ConfirmationData,
  createPapers,
  type LetterData,
  type OfficialData,
  type ReceiptData,
  type RegisterPrintData,
  type TicketData,
} from './index.ts';

const city = { name: 'Stadt Karlsruhe', accent: '#b5121b' };
const papers = createPapers(city);
const frame = {
  office: { name: 'Team Sauberes Karlsruhe', address: 'Ottostraße 21, 76227 Karlsruhe', phone: '115' },
  number: '482 913 605',
};
const receipt: ReceiptData = {
  ...frame,
  language: 'de',
  title: 'Sperrmüll abholen lassen',
  receivedAt: new Date('2026-11-23T23:30:00Z'),
  accessCode: '7KM4P-X9QRT-3WHEA',
  code: undefined,
  date: '2026-12-12',
  statusLink: 'https://amt.example/status#482913605.7KM4PX9QRT3WHEA',
  statusAddress: 'amt.example/status',
  next: ['Stellen Sie die Sachen hinaus.', 'Wir holen sie ab.'],
  sections: [{ title: 'Wer?', lines: [{ label: 'Familienname', value: 'Đặng' }] }],
};
const confirmation: ConfirmationData = {
  ...frame,
  language: 'de',
  title: 'Wohnungsgeberbestätigung',
  text: 'Hiermit wird bestätigt:',
  fields: [{ label: 'Einzug', value: '1. Dezember 2026' }],
  code: { label: 'Zuordnungsmerkmal', value: 'ABCDE-FGHJK-MNPQR', help: 'Bitte weitergeben.' },
  issuedAt: new Date('2026-11-23T09:00:00Z'),
};
const official: OfficialData = {
  ...confirmation,
  code: undefined,
  city: city.name,
  check: {
    code: 'XKNJU-B5BJX-3XP7E',
    link: 'https://amt.example/echt#482913605.XKNJUB5BJX3XP7E',
    address: 'amt.example/echt',
  },
};
const print: RegisterPrintData = {
  language: 'de',
  office: frame.office,
  title: 'Auskunft aus dem Fahreignungsregister',
  subtitle: 'Ausdruck am Terminal',
  notice: 'Dies ist keine amtliche Bescheinigung.',
  about: [{ label: 'Gefragt für', value: 'Łukasz Đặng' }],
  result: { label: 'Stand: 24. November 2026', value: '5 Punkte', texts: ['Ermahnung.'] },
  entriesTitle: 'Was eingetragen ist',
  empty: 'Nichts ist eingetragen.',
  entries: [{ title: '1 Punkt', lines: [{ label: 'Zählt bis', value: '15. September 2028' }] }],
  notes: [{ title: 'Gut zu wissen', text: 'Die Behörde entscheidet.' }],
  printedAt: new Date('2026-11-23T23:30:00Z'),
};
const ticket: TicketData = {
  ...{ language: 'de', office: frame.office, title: 'PIN vergessen' },
  paragraphs: ['Jemand muss Ihre Identität prüfen.'],
  appointment: 'Sie brauchen keinen Termin.',
  hours: ['Mo–Fr 07:30–12:30'],
  printedAt: new Date('2026-11-23T23:30:00Z'),
};
const letter: LetterData = {
  ...{
    office: frame.office,
    title: 'Ihr Code',
    writtenAt: new Date('2026-11-23T09:00:00Z'),
  },
  recipient: ['Häuser & Söhne GbR', 'Karlstraße 3a', '76137 Karlsruhe'],
  before: ['Guten Tag,'],
  code: { label: 'Ihr Code', value: '7KM4P-X9QRT-3WHEA', help: 'Er gilt bis zum 23.11.2027.' },
  after: ['Bitte geben Sie ihn nicht weiter.'],
};
const withValue = (value: string): ReceiptData => ({
  ...receipt,
  sections: [{ title: 'x', lines: [{ label: 'y', value }] }],
});

const tool = (name: string, pdf: Buffer, ...options: string[]): string =>
  execFileSync(name, [...options, '-', ...(name === 'pdftotext' ? ['-'] : [])], {
    input: pdf,
    stdio: ['pipe', 'pipe', 'ignore'],
  }).toString();
const textOf = (pdf: Buffer): string => tool('pdftotext', pdf, '-layout').normalize('NFC');

const together = (text: string): string => text.normalize('NFC').replace(/\s/g, '');

/** Every word of a PDF with where it stands, in points from the top left. */
function wordsOf(pdf: Buffer) {
  const found = tool('pdftotext', pdf, '-bbox').matchAll(
    /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/g,
  );
  return [...found].map(([, left, top, right, bottom, word = '']) => ({
    ...{ left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom), word },
  }));
}

const MILLIMETRE = 72 / 25.4;
/** A4 without its margins; what stands above and below is the paper's own head and foot. */
const [LEFT, RIGHT, TOP, BOTTOM] = [24, 210 - 22, 10, 297 - 5].map((side) => side * MILLIMETRE) as [
  number,
  number,
  number,
  number,
];

/** Nothing leaves the page, and every text stands there as it is written: broken where it must be, with nothing added. */
function assertWhole(pdf: Buffer, texts: readonly string[]): void {
  const words = wordsOf(pdf);
  const outside = words.filter(
    ({ left, right, top, bottom }) =>
      left < LEFT - 1 || right > RIGHT + 1 || top < TOP || bottom > BOTTOM || left > right,
  );
  assert.deepEqual(outside, []);
  const body = words.filter(({ top, bottom }) => top > 28 * MILLIMETRE && bottom < (297 - 27) * MILLIMETRE);
  const all = together(body.map(({ word }) => word).join(''));
  for (const text of texts) assert.ok(all.includes(together(text)), text);
}

describe('papers', () => {
  it('are tagged PDF/UA with title and language, in every language', async () => {
    for (const language of LANGUAGES) {
      for (const pdf of [
        await papers.receipt({ ...receipt, language }),
        await papers.confirmation({ ...confirmation, language }),
        await papers.official({ ...official, language }),
        await papers.registerPrint({ ...print, language }),
        await papers.ticket({ ...ticket, language }),
        ...(language === 'de' ? [await papers.letter(letter)] : []),
      ]) {
        const info = tool('pdfinfo', pdf);
        assert.match(info, /^Tagged: +yes$/m);
        assert.match(info, /^Title: +\S/m);
        assert.match(info, /^Author: +Stadt Karlsruhe$/m);
        const raw = pdf.toString('latin1');
        assert.match(raw, /pdfuaid:part>1</);
        assert.match(raw, new RegExp(`/Lang ?\\(${about(language).tag}\\)`));
        assert.match(tool('pdfinfo', pdf, '-struct'), /^ +H1/m);
      }
    }
  });

  it('receipt: says what was paid, and nothing of money where nothing was', async () => {
    const paid = '13,00 € bezahlt mit Karte am Montag, 23. November 2026';
    const text = textOf(await papers.receipt({ ...receipt, paid }));
    assert.ok(text.includes(paid) && text.includes('Gebühr'), text);
    assert.doesNotMatch(textOf(await papers.receipt(receipt)), /Gebühr|€/);
  });

  it('receipt: says number, code, date, what happens next and what was said, in the office’s time', async () => {
    const text = textOf(await papers.receipt(receipt));
    for (const part of [
      '482 913 605',
      '7KM4P-X9QRT-3WHEA',
      'Samstag, 12. Dezember 2026',
      'Eingegangen am 24. November 2026 um 00:30 Uhr',
      'Stellen Sie die Sachen hinaus.',
      'Đặng',
      'amt.example/status',
      'Ottostraße 21',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(!text.includes('#482913605'), 'the link with the code is only in the picture');
  });

  it('confirmation: says its fields, the code, and when and by whom it was issued', async () => {
    const text = textOf(await papers.confirmation(confirmation));
    for (const part of [
      'Wohnungsgeberbestätigung',
      '1. Dezember 2026',
      'ABCDE-FGHJK-MNPQR',
      'Elektronisch ausgestellt am 23. November 2026',
      'Team Sauberes Karlsruhe',
    ]) {
      assert.ok(text.includes(part), part);
    }
  });

  it('paper of an office: says how to find out that it is genuine, and the code only where people read it', async () => {
    for (const language of LANGUAGES) {
      const pdf = await papers.official({ ...official, language });
      assertWhole(pdf, ['482 913 605', 'XKNJU-B5BJX-3XP7E', 'amt.example/echt', '1. Dezember 2026']);
      assert.doesNotMatch(textOf(pdf), /#482913605|Nach Angabe/);
    }
    const stated = textOf(await papers.confirmation({ ...confirmation, asStated: true }));
    assert.match(stated, /Nach Angabe der antragstellenden Person; nicht mit dem Register verglichen/);
    assert.doesNotMatch(stated, /Prüfcode/);
    assert.doesNotMatch(textOf(await papers.confirmation(confirmation)), /Nach Angabe/);
  });

  it('paper of an office: is of the city by the name that it had when it was issued', async () => {
    const text = textOf(await papers.official({ ...official, city: 'Stadt Durlach' }));
    assert.ok(text.includes('Stadt Durlach') && !text.includes(city.name), text);
  });

  it('paper of an office: goes to whoever signs, and only that; one that is not signed is not handed out', async () => {
    const seen: Buffer[] = [];
    const signing = createPapers(city, {
      sign: async (pdf) => {
        seen.push(pdf);
        return Buffer.concat([pdf, Buffer.from('signed')]);
      },
    });
    await signing.confirmation(confirmation);
    await signing.receipt(receipt);
    assert.equal(seen.length, 0);
    const signed = await signing.official(official);
    assert.equal(seen.length, 1);
    assert.ok(signed.toString('latin1').endsWith('signed'));
    const failing = createPapers(city, { sign: () => Promise.reject(new Error('away')) });
    await assert.rejects(failing.official(official), /away/);
  });

  it('print of a register: says what it is not, who asked, the answer, its entries, and when it was printed', async () => {
    const text = textOf(await papers.registerPrint(print));
    for (const part of [
      'Auskunft aus dem Fahreignungsregister',
      'Ausdruck am Terminal. Ausgedruckt am 24. November 2026 um 00:30 Uhr',
      'Dies ist keine amtliche Bescheinigung.',
      'Łukasz Đặng',
      '5 Punkte',
      'Ermahnung.',
      '15. September 2028',
      'Die Behörde entscheidet.',
      'Ausgedruckt bei: Team Sauberes Karlsruhe, Ottostraße 21',
    ]) {
      assert.ok(text.includes(part), part);
    }
    assert.ok(!text.includes(print.empty));
    const nothing = textOf(await papers.registerPrint({ ...print, entries: [] }));
    assert.ok(nothing.includes(print.empty) && !nothing.includes('15. September 2028'));
  });

  it('letter: has its address in the window of an envelope, and the code below it', async () => {
    const pdf = await papers.letter(letter);
    const words = wordsOf(pdf);
    const place = (word: string) => words.find((one) => one.word === word) ?? assert.fail(word);
    for (const word of ['Häuser', 'Karlstraße', '76137']) {
      const { left, top, bottom } = place(word);
      assert.ok(left >= 20 * MILLIMETRE && left <= 30 * MILLIMETRE, `${word} ${left}`);
      assert.ok(top >= 60 * MILLIMETRE && bottom <= 90 * MILLIMETRE, `${word} ${top}`);
    }
    assert.ok(place('7KM4P-X9QRT-3WHEA').top > 95 * MILLIMETRE);
    assert.match(textOf(pdf), /nicht weiter/);
  });

  it('ticket: says what for, why, where and when, and names nobody', async () => {
    const text = textOf(await papers.ticket(ticket));
    for (const part of [
      'PIN vergessen',
      'Ihre Identität',
      'Ottostraße 21',
      'Sie brauchen keinen Termin',
      'Mo–Fr 07:30–12:30',
      '24. November 2026',
    ])
      assert.ok(text.includes(part), part);
    const booked = { ...ticket, appointment: 'Sie brauchen einen Termin.', hours: [] };
    const other = textOf(await papers.ticket(booked));
    assert.match(other, /Sie brauchen einen Termin/);
    assert.doesNotMatch(other, /Öffnungszeiten/);
  });

  it('show what people typed as it is: markup, code and quotes mean nothing', async () => {
    const typed = '#strong[a] *b* _c_ $x$ `d` // e \\ "f" {g} <h> @i = j';
    assert.ok(textOf(await papers.receipt(withValue(typed))).includes(typed));
  });

  const long = {
    name: 'Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaftschaferswessenschafewarenwohlgepf',
    wide: 'W'.repeat(100),
    double: 'Đặng-Müller-Lüdenscheidt-Schwarzenbergerstein-Hohenstein-Weidenberger-Auersperg-Trauttmansdorff',
    email:
      'anna-maria.charlotte.schwarzenberger-lüdenscheidt@buergerbuero.verwaltung.stadt-karlsruhe.example.de',
    street: 'Straße-der-Bauern-und-Handwerkerinnen-und-ihrer-Nachkommen 10 a-c, 76133 Karlsruhe',
    said: 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrente. '.repeat(70).trim(),
  };
  const family = Array.from({ length: 10 }, (_, index) => ({
    label: `Person ${index + 1}: Familienname`,
    value: `${long.double}${index}`,
  }));

  it('never hyphenate a name, an address or an e-mail, and nothing leaves the page: on every paper, in every language', async () => {
    const lines = [...Object.values(long).map((value) => ({ label: 'Angabe', value })), ...family];
    const said = lines.map(({ value }) => value);
    const prose = `Für ${long.wide} und ${long.double} wird bestätigt.`;
    const office = { ...frame.office, name: `Amt ${long.name}`, address: long.street };
    for (const language of LANGUAGES) {
      const own = { language, office };
      // What reads PDFs puts words of a line that runs from right to left into another order.
      const assertSaid = (pdf: Buffer, texts: readonly string[]): void =>
        assertWhole(
          pdf,
          about(language).direction === 'rtl' ? texts.flatMap((text) => text.split(/\s/)) : texts,
        );
      assertSaid(
        await papers.receipt({ ...receipt, ...own, next: [prose], sections: [{ title: prose, lines }] }),
        [...said, prose],
      );
      const code = { label: 'Zuordnungsmerkmal', value: 'ABCDE-FGHJK-MNPQR', help: prose.repeat(60) };
      assertSaid(await papers.confirmation({ ...confirmation, ...own, text: prose, fields: lines, code }), [
        ...said,
        prose,
        office.name,
        code.value,
      ]);
      assertSaid(await papers.official({ ...official, ...own, text: prose, fields: lines }), [
        ...said,
        prose,
        official.check.code,
        official.check.address,
      ]);
      const entries = [{ title: prose, lines }];
      const result = { label: 'Stand', value: long.wide, texts: [prose] };
      const notes = [{ title: long.name, text: prose.repeat(60) }];
      assertSaid(
        await papers.registerPrint({ ...print, ...own, notice: prose, about: lines, entries, result, notes }),
        [...said, prose, ...notes.map(({ title }) => title)],
      );
      assertSaid(await papers.ticket({ ...ticket, ...own, paragraphs: [prose, long.said] }), [
        prose,
        long.said,
        office.name,
      ]);
    }
  });

  it('never hyphenate whatever people are called', async () => {
    const letters = [...'abcxyzWMilÄßđėż', 'Z\u0308', 'Ồ', 'ʻ', '’', '-', '.', '@', '/', '_'];
    const word = fc.array(fc.constantFrom(...letters), { minLength: 1, maxLength: 120 });
    const text = fc.array(word, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...LANGUAGES), async (parts, language) => {
        const value = parts.map((letters) => letters.join('')).join(' ');
        assertWhole(
          await papers.confirmation({ ...confirmation, language, fields: [{ label: 'x', value }] }),
          [value],
        );
      }),
      { numRuns: 40 },
    );
  });

  it('keep numbers, codes, streets and telephones in their own order where the paper runs from right to left', async () => {
    const told = ['Erzbergerstraße 12, 76133 Karlsruhe', '+49 721 133-1234', '482 913 605', '30. 1. 1982'];
    const lines = told.map((value) => ({ label: 'العنوان', value }));
    const pdf = await papers.receipt({ ...receipt, language: 'ar', sections: [{ title: 'من', lines }] });
    const words = wordsOf(pdf);
    for (const parts of [...told, receipt.number].map((value) => value.split(' '))) {
      const places = words.flatMap((_, at) => {
        const row = parts.map((part) =>
          words.find(({ top, word }) => word === part && top === words[at]?.top),
        );
        return row.every((one) => one !== undefined) ? [row.map((one) => one?.left ?? 0)] : [];
      });
      assert.ok(places.length > 0, parts.join(' '));
      for (const lefts of places)
        assert.deepEqual(
          lefts,
          lefts.toSorted((one, other) => one - other),
        );
    }
    const answer = words.find(({ word }) => word === '1982');
    const label = words.find(
      ({ word, top }) =>
        /\p{Script=Arabic}/u.test(word) && Math.abs(top - (answer?.top ?? 0)) < 5 * MILLIMETRE,
    );
    assert.ok(answer && label && label.left > answer.right, 'lines begin at the right');
  });

  it('can be read by machines in Arabic script, letter by letter and word by word', async () => {
    const label = 'تأكيد الاستلام ننقل النفايات الكبيرة الأحد الأجهزة';
    const lines = [{ label, value: '1' }];
    const text = textOf(
      await papers.receipt({ ...receipt, language: 'ar', sections: [{ title: 'من', lines }] }),
    );
    const read = text.replace(/[\u202a-\u202e]/g, '').split(/\s+/);
    assert.deepEqual(
      label.split(' ').filter((word) => !read.includes(word)),
      [],
    );
  });

  it('hyphenate a long word of the office only where its column is too narrow', async () => {
    const label = 'Staatsangehörigkeitsangelegenheiten';
    const pdf = await papers.confirmation({
      ...confirmation,
      language: 'leicht',
      fields: [{ label, value: 'x' }],
    });
    assertWhole(pdf, []);
    assert.match(textOf(pdf), /Staatsangehörigkeitsan\u00ad/);
  });

  it('can write every name: the letters of DIN 91379', async () => {
    const letters = [...din91379().LatinLetters, 'Z̈ora', 'Nguyễn-O’Brien', 'Łukasz'];
    const text = textOf(await papers.receipt(withValue(letters.join('\n'))));
    assert.deepEqual(
      letters.filter((letter) => !text.includes(letter.normalize('NFC'))),
      [],
    );
  });

  it('come out also with characters that no font has, and with none that could do harm', async () => {
    const text = textOf(await papers.receipt(withValue('Grüße 中文\u0000\u202e\ud800 Ende')));
    // A machine with a font for them shows them; ours are for the letters of the administration.
    assert.match(text, /Grüße (□□|中文) Ende/);
  });

  it('run over to further pages when much was said', async () => {
    const lines = Array.from({ length: 120 }, (_, index) => ({ label: `Frage ${index}`, value: 'Antwort' }));
    const pdf = await papers.receipt({ ...receipt, sections: [{ title: 'Viel', lines }] });
    const text = textOf(pdf);
    assert.ok(text.includes('Frage 119') && /Seite 1 von [3-9]/.test(text));
  });

  it('are PDF files that the office itself would take', async () => {
    const rules = { accept: ['application/pdf'], maxBytes: 1_000_000 };
    assert.equal((await acceptUpload(await papers.receipt(receipt), 'a.pdf', rules)).ok, true);
  });

  it('are set while the office goes on', async () => {
    await papers.receipt(receipt);
    let turns = 0;
    let going = true;
    const turn = (): void => {
      turns += 1;
      if (going) setImmediate(turn);
    };
    turn();
    const many = 30;
    await Promise.all(Array.from({ length: many }, () => papers.receipt(receipt)));
    going = false;
    assert.ok(turns > many, `${turns} turns while ${many} papers were set`);
  });
});
