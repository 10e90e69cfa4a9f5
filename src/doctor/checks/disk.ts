import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { bad, type Check, soon, well } from '../check.ts';

const LEAST = { bad: 200e6, soon: 2e9 };
const TODO = {
  de: 'Platz schaffen, ehe nichts mehr geschrieben werden kann',
  en: 'make room before nothing can be written',
};

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));

/** Room for the data folder: private database, anchors, and what is opened for a moment. */
export const disk: Check = {
  id: 'disk',
  name: { de: 'Speicherplatz', en: 'disk' },
  async look({ config }) {
    const { bavail, bsize } = await statfs(existing(config.dataFolder));
    const free = bavail * bsize;
    const says = {
      de: `${(free / 1e9).toFixed(1).replace('.', ',')} GB frei`,
      en: `${(free / 1e9).toFixed(1)} GB free`,
    };
    if (free < LEAST.bad) return [bad(says, TODO)];
    if (free < LEAST.soon) return [soon(says, TODO)];
    return [well(says.de, says.en)];
  },
};
