/** Opens files as the office does, in a process of its own, and tells what of a processor each has cost. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { programIn } from '#apart';
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

  /** @returns what became of it, and how many ticks of a processor that took */
  async open(bytes: Buffer): Promise<{ said: string; cost: number }> {
    const before = this.#ticks();
    this.#process.send({ bytes, kind: 'application/pdf' });
    const [outcome] = (await once(this.#process, 'message')) as [Outcome];
    return { said: outcome.ok ? 'ok' : outcome.code, cost: this.#ticks() - before };
  }

  end(): void {
    this.#process.kill('SIGKILL');
  }

  #ticks(): number {
    const text = readFileSync(`/proc/${this.#process.pid}/stat`, 'latin1');
    const [user = 0, system = 0] = text.slice(text.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    return user + system;
  }
}
