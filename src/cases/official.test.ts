import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { NotComparedError, PaperLinesError, TransitionError, VersionConflictError } from '#cases';
import {
  ANY_CITY,
  brokenRules,
  type FormFields,
  fieldsOfAnswer,
  fillText,
  readAnswer,
  readableAnswer,
  review,
  submission,
  walk,
} from '#journey';
import { approved, LANGUAGES, type Language, withoutMarks } from '#language';
import { formatCode, formatNumber, newCode } from '#seal';
import type { Answers } from '#service';
import { QUOTED } from '#test/languages';
import { freshOffice, type TestOffice } from '#test/office';
import { testService } from '#test/service';
import { momentOf } from '#time';
import { countryName } from '#web';

const inWords = (language: Language) => ({ country: (code: string) => countryName(code, language) });
const DAY = 86_400_000;
const MINUTE = 60_000;
const clerk = { subject: 'timo', offices: ['tsk'] };

const service = testService(`
office: tsk
retention: { start: closed, days: 90, legalBasis: § 2 TestG }
pages:
  - id: who
    kind: questions
    questions:
      - { id: familyName, kind: name, max: 80 }
      - { id: degree, kind: text, optional: true, max: 20 }
      - { id: birthDate, kind: date }
      - { id: dwelling, kind: address, within: anywhere }
      - { id: status, kind: chooseOne, options: [{ id: sole }, { id: main }] }
      - { id: secret, kind: text, max: 40 }
      - id: family
        kind: group
        min: 1
        max: 3
        questions:
          - { id: name, kind: name, max: 80 }
          - { id: nickname, kind: name, optional: true, max: 80 }
computed:
  - { id: deregistered, type: date, after: who, value: today }
result:
  document:
    id: confirmation
    decided: true
    fields: [familyName, degree, birthDate, dwelling, status, family]
`);

const ANSWERS: Answers = {
  familyName: 'Kanarienđ',
  birthDate: '1984-05-03',
  dwelling: { street: 'Waldstraße', houseNumber: '3', postcode: '76133', city: 'Karlsruhe' },
  status: 'sole',
  secret: 'Zwitscherstraße',
  family: [{ name: 'Nguyễn', nickname: 'Min' }],
};

let office: TestOffice;
before(async () => {
  office = await freshOffice(service, {
    walk,
    review: (service, walked, language) => review(service, walked, language, inWords(language)),
    fillText: (text, walked, language) => fillText(text, walked, language, inWords(language)),
    dates: (date) => [date],
    rules: brokenRules,
    readAnswer: (question, field, form) => readAnswer(question, field, form, ANY_CITY),
    readable: (question, answer, options, language) =>
      readableAnswer(question, question.id, answer, { questions: { [question.id]: { options } } }, language),
  });
});
after(() => office.close());

async function handIn(answers: Answers = ANSWERS) {
  const walked = walk(service, { answers, seen: ['who'] }, momentOf(office.now()));
  const receipt = await office.cases.submit({
    ...{ submissionKey: randomUUID(), service, walked, submission: submission(service, walked) },
    ...{ language: 'de' as const, site: 'rathaus', visitId: randomUUID(), files: [] },
  });
  await office.delivery.runOnce();
  return receipt;
}

const read = async (caseId: string) => {
  const view = await office.view(caseId);
  assert.ok(view);
  return view;
};

const correct = async (caseId: string, form: FormFields) =>
  office.cases.correct(caseId, clerk, (await read(caseId)).version, form);

const decide = async (caseId: string, compared = true, decision: 'done' | 'rejected' = 'done') =>
  office.cases.decide(caseId, clerk, (await read(caseId)).version, decision, 'Grund', { compared });

async function issued() {
  const receipt = await handIn();
  await decide(receipt.caseId);
  const { issued } = (await read(receipt.caseId)).paper ?? {};
  assert.ok(issued);
  return { ...receipt, ...issued };
}

const revoke = async (caseId: string, reason = 'Falsches Datum') =>
  office.cases.revoke(caseId, clerk, (await read(caseId)).version, reason);

const textOf = (pdf: Buffer | undefined): string =>
  pdf
    ? execFileSync('pdftotext', ['-raw', '-', '-'], { input: pdf, stdio: ['pipe', 'pipe', 'ignore'] })
        .toString()
        .normalize('NFC')
    : '';

describe('the paper of an office, before it is issued', () => {
  it('is corrected line by line, each in the way of its question, and the submission stays as it was', async () => {
    const { caseId } = await handIn();
    await correct(caseId, {
      familyName: ['Canarien'],
      degree: ['Dr.'],
      'birthDate.day': ['4'],
      'birthDate.month': ['5'],
      'birthDate.year': ['1984'],
      status: ['main'],
      'family[0].name': ['Nguyễn'],
      'family[0].nickname': [''],
    });
    const view = await read(caseId);
    assert.deepEqual(view.submission.answers, ANSWERS);
    assert.match(JSON.stringify(view.shown.de.sections), /Kanarienđ/);
    assert.deepEqual(
      view.shown.de.document?.fields.map(({ value }) => value),
      ['Canarien', 'Dr.', '4. Mai 1984', 'Waldstraße 3, 76133 Karlsruhe', 'Option main', 'Nguyễn'],
    );
    assert.equal(view.shown.en.document?.fields[2]?.value, '4 May 1984');
  });

  it('shows each correction as one, with what was there before, in every language', async () => {
    const { caseId } = await handIn();
    await correct(caseId, { degree: ['Dr.'], 'family[0].nickname': [''] });
    const event = (await read(caseId)).events.at(-1);
    assert.equal(event?.kind, 'corrected');
    assert.equal(event?.actor, 'timo');
    for (const language of LANGUAGES)
      assert.deepEqual(
        event?.corrections?.[language].map((one) => ({ ...one, label: withoutMarks(one.label) })),
        [
          { label: 'Label of degree', from: '', to: 'Dr.' },
          { label: 'Entry 1: Label of family.nickname', from: 'Min', to: '' },
        ],
      );
  });

  it('takes nothing of a form with one wrong line, and says which line and why', async () => {
    const { caseId } = await handIn();
    const before = await read(caseId);
    const wrong: [FormFields, string, string][] = [
      [{ familyName: [''], degree: ['Dr.'] }, 'familyName', 'required'],
      [
        { 'birthDate.day': ['31'], 'birthDate.month': ['2'], 'birthDate.year': ['1984'], degree: ['Dr.'] },
        'birthDate',
        'notADate',
      ],
      [{ status: ['palace'] }, 'status', 'notAnOption'],
      [{ degree: ['x'.repeat(21)] }, 'degree', 'tooLong'],
      [{ 'family[0].name': [''] }, 'family[0].name', 'required'],
    ];
    for (const [form, field, code] of wrong) {
      await assert.rejects(correct(caseId, form), (error) => {
        assert.ok(error instanceof PaperLinesError);
        assert.deepEqual(
          error.errors.map((one) => [one.field, one.code]),
          [[field, code]],
        );
        return true;
      });
    }
    assert.deepEqual(await read(caseId), before);
  });

  it('writes nothing down where nothing changed, also of lines that would be refused today', async () => {
    const { caseId } = await handIn();
    const { paper } = await read(caseId);
    const asItStands = Object.assign(
      {},
      ...(paper?.entries ?? []).map(({ question, field, answer }) =>
        question && answer !== undefined ? fieldsOfAnswer(question, field, answer) : { [field]: [''] },
      ),
    ) as FormFields;
    for (const form of [{}, asItStands, { unknown: ['x'], secret: ['x'], _csrf: ['y'] }]) {
      await assert.rejects(
        correct(caseId, form),
        (error) => error instanceof PaperLinesError && error.errors.length === 0,
      );
    }
  });

  it('is corrected by a clerk of the office only, who saw the newest version, and before the decision only', async () => {
    const { caseId } = await handIn();
    const { version } = await read(caseId);
    await correct(caseId, { degree: ['Dr.'] });
    await assert.rejects(
      office.cases.correct(caseId, clerk, version, { degree: ['Prof.'] }),
      VersionConflictError,
    );
    const stranger = { subject: 'ute', offices: ['oa'] };
    await assert.rejects(
      office.cases.correct(caseId, stranger, version + 1, { degree: ['Prof.'] }),
      /no such case/,
    );
    await decide(caseId);
    await assert.rejects(correct(caseId, { degree: ['Prof.'] }), TransitionError);
  });

  it('is not issued before somebody has compared it, and a refusal needs no comparing', async () => {
    const { caseId } = await handIn();
    await assert.rejects(decide(caseId, false), NotComparedError);
    assert.equal((await read(caseId)).state, 'new');
    assert.equal(await office.cases.documentPdf(caseId, 'de'), undefined);
    await decide(caseId, false, 'rejected');
    assert.equal(await office.cases.documentPdf(caseId, 'de'), undefined);
  });

  it('says that it says what was stated, where another authority has said yes', async () => {
    const { caseId } = await handIn();
    await office.db.transaction().execute((tx) => office.cases.concludedBy(caseId, 'done', '', tx));
    const text = textOf(await office.cases.documentPdf(caseId, 'de'));
    assert.match(text, /Kanarienđ/);
    assert.match(text, /Nach Angabe der antragstellenden Person/);
    assert.doesNotMatch(text, /Prüfcode/);
  });
});

describe('a paper that was issued', () => {
  it('carries number and code, and whoever has them is told when it was issued and what it says, word for word', async () => {
    for (const language of QUOTED) {
      const { caseId, number, codes } = await issued();
      const text = textOf(await office.cases.documentPdf(caseId, language));
      const code = formatCode(codes[language]);
      assert.ok(
        text.includes(formatNumber(number)) && text.includes(code) && text.includes('amt.example/echt'),
      );
      const found = await office.cases.checkPaper(formatNumber(number).toLowerCase(), code, 'bank');
      assert.ok(found.kind === 'genuine');
      assert.equal(found.language, language);
      assert.deepEqual(found.issuedAt, office.now());
      const said = [
        ...found.paper.fields.flatMap(({ label, value }) => [label, value]),
        found.paper.title,
      ].map(withoutMarks);
      const whole = text.replace(/\s/g, '');
      for (const part of said) assert.ok(whole.includes(part.replace(/\s/g, '')), part);
      assert.deepEqual(found.paper.fields, (await read(caseId)).shown[language].document?.fields);
    }
  });

  it('is German where nobody has read the words of a language, and is as genuine', async () => {
    const { caseId, number, codes } = await issued();
    for (const language of LANGUAGES.filter((one) => approved(one) !== one)) {
      const text = textOf(await office.cases.documentPdf(caseId, language));
      assert.ok(text.includes(formatCode(codes.de)), text);
      const found = await office.cases.checkPaper(number, codes[language], 'bank');
      assert.ok(found.kind === 'genuine' && found.language === 'de');
    }
  });

  it('names the country of an address abroad, like every other paper of the case', async () => {
    const dwelling = { street: 'Rue Haute', houseNumber: '', postcode: '', city: 'Y', country: 'FRA' };
    const receipt = await handIn({ ...ANSWERS, dwelling });
    await decide(receipt.caseId);
    for (const [language, line] of [
      ['de', 'Rue Haute, Y, Frankreich'],
      ['en', 'Rue Haute, Y, France'],
    ] as const) {
      const { caseId, accessCode } = receipt;
      assert.ok(textOf(await office.cases.documentPdf(caseId, language)).includes(line), line);
      assert.ok(textOf(await office.cases.receiptPdf(caseId, accessCode, language)).includes(line), line);
    }
  });

  it('says after a correction what was corrected, and never what had been typed', async () => {
    const { caseId, number } = await handIn();
    await correct(caseId, { familyName: ['Canarien'] });
    await decide(caseId);
    const text = textOf(await office.cases.documentPdf(caseId, 'de'));
    assert.ok(text.includes('Canarien') && !text.includes('Kanarienđ'));
    const code = (await read(caseId)).paper?.issued?.codes.de ?? '';
    const found = await office.cases.checkPaper(number, code, 'bank');
    assert.doesNotMatch(JSON.stringify(found), /Kanarienđ/);
  });

  it('is found by its own number and code only', async () => {
    const [one, other] = [await issued(), await issued()];
    office.pass(20 * MINUTE);
    for (const [number, code] of [
      [one.number, other.codes.de],
      [other.number, one.codes.de],
      [one.number, newCode()],
      [one.number, one.accessCode],
      ['123', one.codes.de],
      [one.number, 'x'],
    ] as const) {
      assert.deepEqual(await office.cases.checkPaper(number, code, randomUUID()), { kind: 'unknown' });
      office.pass(20 * MINUTE);
    }
    assert.equal((await office.cases.openWithCode(one.number, one.codes.de, 'bank')).ok, false);
  });

  it('shows a change of one character: there is no code but its own that fits, and the page says what stood there', async () => {
    const { number, codes } = await issued();
    const alphabet = [...'23456789ABCDEFGHJKMNPQRSTUVWXYZ'];
    await fc.assert(
      fc.asyncProperty(fc.nat(14), fc.constantFrom(...alphabet), async (at, letter) => {
        const changed = codes.de.slice(0, at) + letter + codes.de.slice(at + 1);
        const { kind } = await office.cases.checkPaper(number, changed, 'bank');
        assert.equal(kind, changed === codes.de ? 'genuine' : 'unknown');
      }),
    );
  });

  it('is no longer confirmed when what is kept of it was changed', async () => {
    const { caseId, number, codes } = await issued();
    const { sealed } = await office.db
      .selectFrom('issued_paper')
      .select('sealed')
      .where('case_id', '=', caseId)
      .where('language', '=', 'de')
      .executeTakeFirstOrThrow();
    const changed = Buffer.from(sealed ?? []);
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40);
    await office.db
      .updateTable('issued_paper')
      .set({ sealed: changed })
      .where('case_id', '=', caseId)
      .where('language', '=', 'de')
      .execute();
    assert.deepEqual(await office.cases.checkPaper(number, codes.de, 'bank'), { kind: 'unknown' });
    assert.equal((await office.cases.checkPaper(number, codes.en, 'bank')).kind, 'genuine');
  });

  it('slows guessing down, for the number and for who guesses, also with the right code', async () => {
    const { number, codes } = await issued();
    office.pass(20 * MINUTE);
    for (let guess = 0; guess < 5; guess += 1)
      assert.equal((await office.cases.checkPaper(number, newCode(), `at ${guess}`)).kind, 'unknown');
    const slowed = await office.cases.checkPaper(number, codes.de, 'elsewhere');
    assert.ok(slowed.kind === 'slowed' && slowed.retryAfterSeconds > 0);
    office.pass(MINUTE);
    assert.equal((await office.cases.checkPaper(number, codes.de, 'elsewhere')).kind, 'genuine');
    const other = await issued();
    for (let guess = 0; guess < 5; guess += 1)
      await office.cases.checkPaper(other.number, newCode(), 'robot');
    assert.equal((await office.cases.checkPaper(number, codes.de, 'robot')).kind, 'slowed');
    // Somebody else at the same address still gets at a case of theirs.
    const mine = await handIn();
    assert.equal((await office.cases.openWithCode(mine.number, mine.accessCode, 'robot')).ok, true);
  });

  it('is said to have been issued when the case’s time is over, and nothing of it is kept', async () => {
    const { number, codes, caseId } = await issued();
    const at = office.now();
    office.pass(91 * DAY);
    await office.cases.retention();
    assert.deepEqual(await office.cases.checkPaper(number, codes.leicht, 'bank'), {
      ...{ kind: 'deleted', issuedAt: at, deletedAt: office.now() },
    });
    const rows = await office.db
      .selectFrom('issued_paper')
      .select('sealed')
      .where('case_id', '=', caseId)
      .execute();
    assert.deepEqual(new Set(rows.map(({ sealed }) => sealed)), new Set([null]));
  });

  it('can be taken back: whoever holds it is told so, in every language and also when the case is gone', async () => {
    const { caseId, number, codes } = await issued();
    const issuedAt = office.now();
    office.pass(DAY);
    await revoke(caseId, 'Das Geburtsdatum war falsch.');
    const revokedAt = office.now();
    const told = { kind: 'revoked', issuedAt, revokedAt };
    for (const language of LANGUAGES) {
      assert.deepEqual(await office.cases.checkPaper(number, codes[language], 'bank'), told);
      assert.equal(await office.cases.documentPdf(caseId, language), undefined);
    }
    const mine = await office.cases.forCitizen(caseId);
    assert.deepEqual(mine?.revoked, [{ issuedAt, at: revokedAt }]);
    assert.equal(mine?.history.at(-1)?.text, 'Das Geburtsdatum war falsch.');
    assert.equal(mine?.may.withdraw, false, 'the register was changed');
    await assert.rejects(office.cases.withdraw(caseId), TransitionError);
    await assert.rejects(revoke(caseId), TransitionError, 'once is enough');
    await decide(caseId, false, 'rejected');
    office.pass(91 * DAY);
    await office.cases.retention();
    assert.equal(await office.view(caseId), undefined);
    assert.deepEqual(await office.cases.checkPaper(number, codes.de, 'bank'), told);
  });

  it('is issued anew after it was taken back, corrected, with codes of its own and a time of its own', async () => {
    const { caseId, number, codes } = await issued();
    office.pass(80 * DAY);
    await revoke(caseId);
    office.pass(20 * DAY);
    await office.cases.retention();
    await correct(caseId, { familyName: ['Canarien'] });
    await decide(caseId);
    const text = textOf(await office.cases.documentPdf(caseId, 'de'));
    assert.ok(text.includes('Canarien') && !text.includes('Kanarienđ'));
    const anew = (await read(caseId)).paper?.issued?.codes;
    assert.ok(anew && text.includes(formatCode(anew.de)));
    assert.notEqual(anew.de, codes.de);
    assert.equal((await office.cases.checkPaper(number, anew.de, 'bank')).kind, 'genuine');
    assert.equal((await office.cases.checkPaper(number, codes.de, 'bank')).kind, 'revoked');
    assert.equal((await office.cases.forCitizen(caseId))?.revoked.length, 1);
    office.pass(89 * DAY);
    await office.cases.retention();
    assert.equal((await office.cases.checkPaper(number, anew.de, 'bank')).kind, 'genuine');
    await revoke(caseId);
    assert.equal((await office.cases.checkPaper(number, anew.de, 'bank')).kind, 'revoked');
    assert.equal((await office.cases.forCitizen(caseId))?.revoked.length, 2);
  });

  it('is taken back by a clerk of the office only, who saw the newest version, and where there is one', async () => {
    const { caseId } = await issued();
    const { version } = await read(caseId);
    const stranger = { subject: 'ute', offices: ['oa'] };
    await assert.rejects(office.cases.revoke(caseId, stranger, version, 'x'), /no such case/);
    await assert.rejects(office.cases.revoke(caseId, clerk, version - 1, 'x'), VersionConflictError);
    const open = await handIn();
    await assert.rejects(revoke(open.caseId), TransitionError);
    await office.db.transaction().execute((tx) => office.cases.concludedBy(open.caseId, 'done', '', tx));
    await assert.rejects(revoke(open.caseId), TransitionError, 'another authority has decided');
    assert.equal((await read(open.caseId)).state, 'done');
  });

  it('is confirmed by an office that has lost the service', async () => {
    const { number, codes, caseId } = await issued();
    const withoutIt = office.restarted({ catalogue: { get: () => undefined } });
    assert.equal((await withoutIt.checkPaper(number, codes.de, 'bank')).kind, 'genuine');
    assert.match(textOf(await withoutIt.documentPdf(caseId, 'de')), /Kanarienđ/);
    const { caseId: next } = await handIn();
    const { version } = await read(next);
    await withoutIt.correct(next, clerk, version, { degree: ['Dr.'] });
    await withoutIt.decide(next, clerk, version + 1, 'done', '', { compared: true });
    assert.match(textOf(await withoutIt.documentPdf(next, 'de')), /Dr\./);
  });

  it('stands in the database only sealed, without its code, and corrections too', async () => {
    const { caseId } = await handIn();
    await correct(caseId, { familyName: ['Piepmatz'] });
    await decide(caseId);
    const { codes } = (await read(caseId)).paper?.issued ?? {};
    const dump = await office.dump();
    for (const secret of ['Kanarienđ', 'Piepmatz', 'Waldstraße', ...Object.values(codes ?? {})])
      assert.ok(!dump.includes(secret), secret);
    const corrected = await office.db
      .selectFrom('audit_entry')
      .select('detail')
      .where('subject', '=', caseId)
      .where('action', '=', 'case.corrected')
      .executeTakeFirstOrThrow();
    assert.deepEqual(corrected.detail, { lines: 1, state: 'new', files: 0 });
  });
});
