/** A reporter for node:test that leaves what a run came to as lines of JSON: what was skipped and why, and the totals. */
import type { TestEvent } from 'node:test/reporters';

/** One line of the report. */
export type Counted = { skipped: string; why: string } | { counts: Record<string, number> };

const line = (counted: Counted): string => `${JSON.stringify(counted)}\n`;

export default async function* countReporter(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const event of source) {
    if (event.type === 'test:pass' && event.data.skip !== undefined && event.data.skip !== false) {
      yield line({ skipped: event.data.name, why: event.data.skip === true ? '' : event.data.skip });
    }
    // Each file has a summary of its own; the last one, without a file, is the whole.
    if (event.type === 'test:summary' && event.data.file === undefined)
      yield line({ counts: { ...event.data.counts } });
  }
}
