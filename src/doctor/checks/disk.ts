import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { decimal } from '#language';
import { bad, type Check, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

const LEAST = { bad: 200e6, soon: 2e9 };
const TODO = todo((w) => w.disk);

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

/** Room for the data folder: private database, anchors, and what is opened for a moment. */
export const disk: Check = {
  id: 'disk',
  name: named((w) => w.disk),
  async look({ config }) {
    const { bavail, bsize } = await statfs(existing(config.dataFolder));
    const free = bavail * bsize;
    const found = says((w, language) => w.free({ gigabytes: decimal(free / 1e9, language) }));
    if (free < LEAST.bad) return [bad(found, TODO)];
    if (free < LEAST.soon) return [soon(found, TODO)];
    return [well(found)];
  },
};
