/** Opens files as the office does, in a process of its own, and tells what of a processor each has cost. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { processorOf, programIn } from '#apart';
import type { Outcome } from '../job.ts';

export class Opener {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  static async start(): Promise<Opener> {
    const opener = fork(programIn(import.meta.dirname, 'apart'), [], { serialization: 'advanced' });
    await once(opener, 'message');
    return new Opener(opener);
  }

  /** @returns what became of it, and how many milliseconds of a processor that took */
  async open(bytes: Buffer): Promise<{ said: string; cost: number }> {
    const before = await processorOf(this.#process);
    this.#process.send({ bytes, kind: 'application/pdf', most: Number.MAX_SAFE_INTEGER });
    const [outcome] = (await once(this.#process, 'message')) as [Outcome];
    return { said: outcome.ok ? 'ok' : outcome.code, cost: (await processorOf(this.#process)) - before };
  }

  end(): void {
    this.#process.kill('SIGKILL');
  }
}
