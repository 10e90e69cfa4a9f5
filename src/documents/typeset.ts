/**
 * The program that sets papers, in a process of its own: while one is set, the office goes on. It gets one after another
 * from its office, has no settings and no keys, and ends with its office.
 */
import type { PaperJob, PaperOutcome } from './renderer.ts';
import { createTypesetter } from './typst.ts';

const typeset = createTypesetter();

process.on('disconnect', () => process.exit());
process.on('message', ({ template, data }: PaperJob) => {
  const pdf = typeset(template, data);
  const outcome: PaperOutcome = pdf ? { pdf } : {};
  process.send?.(outcome);
});
process.send?.('ready');
