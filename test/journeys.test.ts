import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { playJourney } from '#play';
import { services } from '#test/browser-journey';
import { cityOf } from '#test/city';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

/** Not the day that the journeys are written for: they are played on any day. */
const TUESDAY = '2026-12-01';

for (const name of ['karlsruhe', 'musterstadt']) {
  describe(`every example journey ends as it says in ${name}, without script and on another day`, () => {
    const city = cityOf(`city/${name}`);
    let office: RunningOffice;
    before(async () => {
      office = await startRunningOffice({}, city);
      office.setClock(`${TUESDAY}T10:00:00+01:00`);
    });
    after(() => office.close());

    let households = 0;
    for (const { slug, journeys } of services(city))
      for (const journey of journeys)
        it(`${slug}: ${journey.title}`, async () => {
          households += 1;
          const outcome = await playJourney(office.origin, slug, journey, {
            ...{ terminal: 'rathaus-1', today: TUESDAY, household: households },
          });
          assert.ok(
            outcome.ok,
            outcome.ok ? '' : `step ${outcome.step}, ${outcome.page}: ${outcome.problem}`,
          );
        });
  });
}
