import { anchorsOf, verify } from '#audit';
import { createFileKeys } from '#seal';
import { bad, type Check, NO_OFFICE, well } from '../check.ts';

const ENTRIES = 1_000;

/** The end of the audit record against itself and the signed anchors; all of it is `./amtomat audit verify`. */
export const audit: Check = {
  id: 'audit',
  name: { de: 'Protokoll', en: 'audit record' },
  async look({ db, config }) {
    if (!db) return [NO_OFFICE];
    const anchors = anchorsOf(config.dataFolder, createFileKeys(config.keyFolder, false));
    const result = await verify(db, anchors, ENTRIES);
    if (result.ok)
      return [
        well(
          `das Ende ist unversehrt (Einträge: ${result.entries})`,
          `its end is whole (entries: ${result.entries})`,
        ),
      ];
    return [
      bad(
        { de: `bricht bei Eintrag ${result.seq}`, en: `is broken at entry ${result.seq}` },
        {
          de: 'nichts ändern; ./amtomat audit verify, und den Datenschutz verständigen',
          en: 'change nothing; run ./amtomat audit verify and tell data protection',
        },
      ),
    ];
  },
};
