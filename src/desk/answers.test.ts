import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CaseView } from '#cases';
import { arranged } from './answers.tsx';

const line = (field: string, label: string, value: string, open = false) => ({
  ...{ field, label, value, file: undefined },
  ...(open && { open: true }),
});

const section = (title: string, ...lines: ReturnType<typeof line>[]) => ({ page: title, title, lines });

const view = (...sections: ReturnType<typeof section>[]) =>
  ({ shown: { de: { sections } }, questions: [{ id: 'true', kind: 'declaration' }] }) as unknown as CaseView;

describe('the answers of a case', () => {
  it('say each question once: a page with one answer has no heading of its own', () => {
    const { groups } = arranged(
      view(
        section('Was haben Sie vor?', line('plan', 'Ich …', 'ziehe weg')),
        section('Welches Papier?', line('paper', 'Mein Papier', 'Pass')),
        section('Wer sind Sie?', line('name', 'Name', 'Ada'), line('born', 'Geboren', '1984')),
      ),
    );
    assert.deepEqual(
      groups.map(({ title, lines }) => [title, ...lines.map(({ label }) => label)]),
      [
        [undefined, 'Was haben Sie vor?', 'Mein Papier'],
        ['Wer sind Sie?', 'Name', 'Geboren'],
      ],
    );
  });

  it('say whose a name is, also where nothing else is known of them', () => {
    const { groups } = arranged(
      view(
        section('Wer sind Sie?', line('own', 'Name', 'Ada'), line('degree', 'Doktorgrad', '-', true)),
        section('Wem gehört die Wohnung?', line('owner', 'Name', 'Bela')),
        section('Wer zieht ein?', line('tenant', 'Familienname', 'Cem'), line('born', 'Geboren', '-', true)),
      ),
    );
    assert.deepEqual(
      groups.map(({ title, lines }) => [title, ...lines.map(({ label }) => label)]),
      [
        ['Wer sind Sie?', 'Name'],
        [undefined, 'Wem gehört die Wohnung?'],
        ['Wer zieht ein?', 'Familienname'],
      ],
    );
  });

  it('name in one line what was left open, and fold what was confirmed', () => {
    const found = arranged(
      view(
        section(
          'Wer?',
          line('people[0].degree', 'Person 1: Doktorgrad', '-', true),
          line('people[1].degree', 'Person 2: Doktorgrad', '-', true),
        ),
        section('Kontakt', line('mail', 'E-Mail', '-', true), line('phone', 'Telefon', '0721')),
        section('Bestätigen', line('true', 'Alles ist wahr.', 'Ja')),
      ),
    );
    assert.deepEqual(found.open, ['Person 1: Doktorgrad', 'Person 2: Doktorgrad', 'E-Mail']);
    assert.deepEqual(found.declared, ['Alles ist wahr.']);
    assert.deepEqual(
      found.groups.flatMap(({ lines }) => lines.map(({ label }) => label)),
      ['Telefon'],
    );
  });

  it('say of whom something is not known where others are asked the same', () => {
    const { open } = arranged(
      view(
        section('Wer sind Sie?', line('own', 'Doktorgrad', 'Dr.'), line('ownName', 'Name', 'Ada')),
        section(
          'Wer ist gestorben?',
          line('degree', 'Doktorgrad', '-', true),
          line('born', 'Geboren', '-', true),
        ),
      ),
    );
    assert.deepEqual(open, ['Wer ist gestorben? Doktorgrad', 'Geboren']);
  });

  it('lose nothing that was said', () => {
    const sections = [
      section('Eins', line('x', 'X', '1'), line('y', 'Y', '2')),
      section('Zwei', line('z', 'Z', '3')),
    ];
    const said = arranged(view(...sections)).groups.flatMap(({ lines }) => lines.map(({ value }) => value));
    assert.deepEqual(said, ['1', '2', '3']);
  });
});
