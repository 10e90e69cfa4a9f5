import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { formFieldsOf, type Reference, readPage } from '#journey';
import { smallCity } from '#test/reference';
import { testService } from '#test/service';
import { momentOf } from '#time';

/** How an office reaches people: telephone and e-mail. */
const service = testService(`
pages:
  - id: contact
    kind: questions
    questions:
      - { id: phone, kind: phone, optional: true }
      - { id: email, kind: email, optional: true }
`);
const [page] = service.pages;
assert.ok(page);
const moment = momentOf(new Date('2026-11-23T09:00:00Z'));

function read(field: 'phone' | 'email', typed: string, reference: Reference = smallCity): unknown {
  const form = { [field]: [typed] };
  const { answers, errors } = readPage(
    service,
    page ?? assert.fail(),
    form,
    { answers: {}, seen: [] },
    moment,
    reference,
  );
  const [error] = errors;
  return error ? { [error.code]: true } : answers[field];
}

const stays = (...numbers: string[]) => {
  for (const number of numbers) assert.equal(read('phone', number), number);
};
const becomes = (pairs: Record<string, string>) => {
  for (const [typed, answer] of Object.entries(pairs)) assert.equal(read('phone', typed), answer, typed);
};
const askedBack = (field: 'phone' | 'email', code: string, ...typed: string[]) => {
  for (const one of typed) assert.deepEqual(read(field, one), { [code]: true }, one);
};

test('a number that can be dialled stays as it was typed', () => {
  stays('0721 / 133-0', '(0721) 133-12', '0721/1234567', '0721.9.88.77.66', '0172 1234567', '0800 1234567');
  stays(
    '+49 721 133-0',
    '0049 721 1330',
    '+49 (0)721 133-0',
    '(+49) 721 1330',
    '+33 1 23 45 67 89',
    '+43 1 4000',
    '001 202 555 0123',
  );
});

test('extensions, words and second numbers stay with it', () => {
  stays(
    '0721 133-0 App. 12',
    '0721 133 Durchwahl 12',
    '0721 133-0, Apparat 12',
    '0721 133-0 DW 5',
    '0721 133-0 (Nebenstelle 7)',
  );
  stays(
    '0721 1330 oder 0172 1234567',
    '0721 1330; 0172 1234567',
    '0721 1330 / 0172 1234567',
    '0721 133-12/13',
  );
  stays(
    'Tel.: 0721 1330',
    '0172 1234567 abends',
    'privat 0721 24680, mobil 0172 1234567',
    '0172 1234567 (Büro)',
  );
});

test('a number in town gets its area code, one with 49 its plus', () => {
  becomes({
    '9 88 77 66': '0721 9 88 77 66',
    '133-0': '0721 133-0',
    '133 App. 12': '0721 133 App. 12',
    '24680 oder 13579': '0721 24680 oder 0721 13579',
    '24680 oder 24680': '0721 24680 oder 0721 24680',
    'Tel. 24680': 'Tel. 0721 24680',
    '172 1234567': '0172 1234567',
    '17012345678': '017012345678',
    '24680 oder 172 1234567': '0721 24680 oder 0172 1234567',
    '497211330': '+497211330',
    '49 172 1234567': '+49 172 1234567',
    '49 12 34': '0721 49 12 34',
    '+49 0721 1330': '+49 721 1330',
    '+490721 1330': '+49721 1330',
    '0049 0721 1330': '0049 721 1330',
  });
});

test('what cannot be right is asked back, in words that help', () => {
  askedBack('phone', 'phoneLetters', '0721 12a45', '0721 I33O', 'call 0721 1330 soon', '0721 133x12');
  askedBack(
    'phone',
    'notAPhone',
    'call me',
    '-',
    '+',
    '0123456789',
    '0000000',
    '+0721 1330',
    '0721+1330',
    '+999 123456',
    '0721 #12',
  );
  askedBack(
    'phone',
    'phoneTooShort',
    '1',
    '133',
    '0721',
    '0721 1',
    '0172 12345',
    '0721 1330 oder 0172 2',
    '0',
  );
  askedBack(
    'phone',
    'phoneTooLong',
    '0721 12345678901',
    '+49 721 123456789012',
    '0721'.repeat(30),
    `0721 ${'1 '.repeat(40)}`,
  );
  askedBack('phone', 'phoneAreaCode', '721 1330', '7211330', '123456789');
  askedBack(
    'phone',
    'phoneService',
    '110',
    '112',
    '1 1 5',
    '115',
    '116117',
    '116 116',
    '11833',
    '0721 112',
    '+49 115',
    '0900 123456',
  );
  assert.deepEqual(read('phone', '24680', { ...smallCity, areaCode: '' }), { phoneAreaCode: true });
});

test('reading an answer again changes nothing, and no digit is ever lost or made up', () => {
  const typed = fc.string({
    unit: fc.constantFrom(
      ...'0123456789',
      '0',
      '7',
      '2',
      ' ',
      ' ',
      '+',
      '-',
      '/',
      '(',
      ')',
      ' oder ',
      ' App. ',
      'a',
      'Tel. ',
      '49',
      '0721 ',
    ),
    maxLength: 25,
  });
  fc.assert(
    fc.property(typed, (text) => {
      const answer = read('phone', text);
      if (typeof answer !== 'string') return;
      assert.equal(read('phone', answer), answer);
      assert.deepEqual(formFieldsOf(service.questions.get('phone') ?? assert.fail(), { phone: answer }), {
        phone: [answer],
      });
      assert.match(answer, /^[^\d]*[+0]/);
      // Only a 0 after the country's 49 may go; everything else is there, in its order.
      const rest = [...answer];
      for (const digit of text.match(/[1-9]/g) ?? [])
        assert.ok(rest.splice(0, rest.indexOf(digit) + 1).length > 0);
    }),
    { numRuns: 2000 },
  );
});

test('an address that a server may take is an e-mail address', () => {
  for (const [typed, answer] of Object.entries({
    ' Ada.B+x@Müller-Söhne.DE ': 'Ada.B+x@müller-söhne.de',
    'mailto:ada@web.de': 'ada@web.de',
    'MAILTO: ada@web.de': 'ada@web.de',
    'a@b.de': 'a@b.de',
    "o'brien_1@mail.example.co.uk": "o'brien_1@mail.example.co.uk",
    'jörg@köln.museum': 'jörg@köln.museum',
    'x@xn--mller-kva.de': 'x@xn--mller-kva.de',
    'ada＠web．de': 'ada@web.de',
  }))
    assert.equal(read('email', typed), answer, typed);
});

test('one that no server takes is asked back, in words that help', () => {
  askedBack(
    'email',
    'emailAt',
    'a',
    'name (at) web.de',
    'name[at]web.de',
    'name.web.de',
    'name at web dot de',
  );
  askedBack('email', 'emailDots', 'a@b..de', '.a@b.de', 'a.@b.de', 'a..b@c.de', 'a@b.de.', 'a@.b.de');
  askedBack('email', 'emailSigns', 'a@web,de', 'sukru@ornek,com', 'a;b@c.de', 'a@ornek،com', 'a@b.de:25');
  askedBack('email', 'emailEnding', 'name@gmail', 'a@b', 'a@b.c', 'a@b.1', 'a@127.0.0.1');
  askedBack(
    'email',
    'notAnEmail',
    'a@@b.de',
    'a@b@c.de',
    'a b@c.de',
    'a@-b.de',
    'a@b-.de',
    '@b.de',
    'a@',
    '"a b"@c.de',
    '<a@b.de>',
  );
  askedBack(
    'email',
    'notAnEmail',
    'Ada <ada@web.de>',
    'a@b.de, c@d.de',
    'a@b_c.de',
    'a@[127.0.0.1]',
    'mailto:a@b.de?subject=x',
  );
  askedBack(
    'email',
    'notAnEmail',
    `${'a'.repeat(65)}@b.de`,
    `a@${'b'.repeat(64)}.de`,
    `a@${'b.'.repeat(130)}de`,
    `${'ä'.repeat(40)}@b.de`,
  );
});

test('reading an e-mail address again changes nothing, and it always has one @ and an ending', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.emailAddress(),
        fc.string({ unit: fc.constantFrom('a', 'B', '.', '@', '-', '"', ' ', 'ä') }),
      ),
      (typed) => {
        const answer = read('email', typed);
        if (typeof answer !== 'string') return;
        assert.equal(read('email', answer), answer);
        assert.match(answer, /^[^@\s]+@[^@\s]+\.[^@.\s]{2,}$/);
      },
    ),
  );
});
