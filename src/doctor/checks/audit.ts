import { anchorsOf, verify } from '#audit';
import { createFileKeys } from '#seal';
import { bad, type Check, NO_OFFICE, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

const ENTRIES = 1_000;

/** The end of the audit record against itself and the signed anchors; all of it is `./amtomat audit verify`. */
export const audit: Check = {
  id: 'audit',
  name: named((w) => w.audit),
  async look({ db, config }) {
    if (!db) return [NO_OFFICE];
    const anchors = anchorsOf(config.dataFolder, createFileKeys(config.keyFolder, false));
    const result = await verify(db, anchors, ENTRIES);
    if (result.ok) return [well(says((w) => w.auditWhole({ entries: result.entries })))];
    return [
      bad(
        says((w) => w.auditBroken({ seq: result.seq })),
        todo((w) => w.audit),
      ),
    ];
  },
};
