/** How often people touch the screen on their way: it may become less, never more. The rule of counting stands in `docs/services.md`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { journeyOf, services } from '#test/browser-journey';
import { touchesOf } from '#test/touches';

/** Most touches, by journey: ways that most people go, and the longest that is common. */
const MOST: Readonly<Record<string, number>> = {
  'sperrmuell/plain': 19,
  'wohnungsgeberbestaetigung/agent-of-owner': 33,
  'urkunden/plain': 23,
  'online-ausweis/plain': 22,
  'fuehrungszeugnis/plain': 13,
  'fuehrungszeugnis/extended-honorary': 20,
  'abmeldung-ins-ausland/plain': 23,
  'punkteauskunft/plain': 7,
  'buergerkonto/plain': 7,
};

describe('a way through a service takes few touches', () => {
  for (const [journey, most] of Object.entries(MOST)) {
    const [slug = '', id = ''] = journey.split('/');
    it(`${journey} takes ${most} at most`, () => {
      const service = services().find((each) => each.slug === slug);
      assert.ok(service);
      const touches = touchesOf(service, journeyOf(slug, id));
      assert.ok(touches <= most, `${journey} takes ${touches} touches, ${most} are allowed`);
    });
  }
});
