import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES } from '#language';
import { keptText } from './kept.ts';

const kept = { from: 'closed', days: 90, until: undefined, held: false } as const;
const view = { kept, authority: undefined, state: 'new' } as const;

describe('how long something is kept', () => {
  it('counts from the decision, and names the day once that is known', () => {
    assert.match(keptText(view, 'de'), /abgeschlossen ist, und danach noch 90 Tage/);
    const closed = { ...view, state: 'done', kept: { ...kept, until: '2027-02-21' } } as const;
    assert.match(keptText(closed, 'de'), /nach dem Abschluss noch 90 Tage auf, bis zum 21\. Februar 2027/);
  });

  it('counts from the arrival, and says that a check which is still going on comes before', () => {
    const delivered = { ...view, kept: { ...kept, from: 'delivered', until: '2027-02-21' } } as const;
    assert.match(keptText(delivered, 'de'), /ab dem Eingang beim Amt, also bis zum 21\. Februar 2027/);
    assert.match(keptText(delivered, 'de'), /erst ab dem Ende der Prüfung/);
    const closed = keptText({ ...delivered, state: 'done' }, 'de');
    assert.match(closed, /^Wir bewahren Ihre Angaben noch bis zum 21\. Februar 2027 auf/);
    assert.doesNotMatch(closed, /Prüfung/);
  });

  it('says days as people think of them', () => {
    const said = (days: number) => keptText({ ...view, kept: { ...kept, days } }, 'de');
    assert.match(said(1), /noch 1 Tag\./);
    assert.match(said(365), /noch 1 Jahr\./);
    assert.match(said(730), /noch 2 Jahre\./);
    assert.match(said(180), /180 Tage \(etwa 6 Monate\)/);
  });

  it('says who else keeps it, and what keeps it longer, in every language', () => {
    const authority = { name: 'Kraftfahrt-Bundesamt', reached: true, givenUp: false };
    for (const language of LANGUAGES) {
      const short = keptText(view, language);
      const long = keptText({ ...view, authority, kept: { ...kept, held: true } }, language);
      assert.ok(long.startsWith(short) && long.includes('Kraftfahrt-Bundesamt'));
    }
  });
});
