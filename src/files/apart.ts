/**
 * The program that opens files from outside, in a process of its own: whatever a file does to it, the office goes on.
 * It gets one file after another from its office, has no settings and no keys, and ends with its office.
 */
import { constants } from 'node:fs';
import sharp from 'sharp';
import { renewImage } from './image.ts';
import type { Job, Outcome } from './job.ts';
import { renewPdf } from './pdf/renew.ts';

const open = async ({ bytes, kind, most }: Job): Promise<Outcome> => {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (kind !== 'application/pdf') return renewImage(content, kind, most);
  const renewed = await renewPdf(content);
  return renewed.ok && renewed.content.length > most ? { ok: false, code: 'grown' } : renewed;
};

// One file at a time: what is kept for the next picture, or spread over many threads, is only memory.
sharp.cache(false);
sharp.concurrency(1);

// qpdf asks for the numbers of file modes in a way that a process with few permissions does not have.
Object.defineProperty(process, 'binding', { value: () => ({ fs: constants }) });

process.on('disconnect', () => process.exit());
process.on('message', (job: Job) => {
  open(job).then(
    (outcome) => process.send?.(outcome),
    () => process.exit(1),
  );
});
process.send?.('ready');
