/** Opens files apart from the office, with limits of time, memory and number. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Job, Outcome } from './job.ts';

/** Nobody could open the file just now: too many others wait, too. */
export class BusyError extends Error {}

interface Limits {
  /** Processes, each with one file at a time. */
  hands: number;
  /** Files that wait for one of them. */
  waiting: number;
  milliseconds: number;
  /** Of one process, with everything. */
  bytes: number;
}

const LIMITS: Limits = { hands: 2, waiting: 20, milliseconds: 30_000, bytes: 1_500_000_000 };
/** A process that has grown beyond this is let go when it has done its work. */
const HEAVY_BYTES = 600_000_000;
const LOOK_MS = 100;
const PAGE_BYTES = 4_096;
/** Of what its programs take outside WebAssembly. */
const HEAP = '--max-old-space-size=512';
/** It reads its own program and writes nothing; sharp is native code. */
const PERMISSIONS = ['--permission', '--allow-fs-read=*', '--allow-addons'];

/** The program beside this file in the sources, or at the top of the bundle. */
function programFile(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = ['apart.ts', 'apart.js'].map((name) => join(folder, name)).find((file) => existsSync(file));
    if (found) return found;
  }
  throw new Error('files: the program that opens files is missing');
}

/** @returns bytes of memory a process takes; nothing where the system does not tell */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** Opens files in processes that are kept warm. The first file starts the first. */
export class Workshop {
  readonly #limits: Limits;
  readonly #program: string;
  readonly #free: ChildProcess[] = [];
  readonly #queue: (() => void)[] = [];
  #working = 0;

  /** @param program for tests: another than the one that opens files */
  constructor(limits: Partial<Limits> = {}, program = programFile()) {
    this.#limits = { ...LIMITS, ...limits };
    this.#program = program;
  }

  /**
   * Opens a file. What takes too long, too much memory, or ends the process that opens it, is `tooLarge`.
   * @throws BusyError when too many files wait already
   */
  async open(job: Job): Promise<Outcome> {
    if (this.#working >= this.#limits.hands) {
      if (this.#queue.length >= this.#limits.waiting) throw new BusyError();
      await new Promise<void>((resolve) => this.#queue.push(resolve));
    } else {
      this.#working += 1;
    }
    try {
      return await this.#work(job);
    } finally {
      // Whoever waits takes this place over: nobody who comes meanwhile gets it.
      const next = this.#queue.shift();
      if (next) next();
      else this.#working -= 1;
    }
  }

  async #work(job: Job): Promise<Outcome> {
    const hand = this.#free.pop() ?? (await this.#start());
    const outcome = await this.#outcome(hand, job);
    if (!outcome) {
      hand.kill('SIGKILL');
      return { ok: false, code: 'tooLarge' };
    }
    if ((await memoryOf(hand)) > HEAVY_BYTES) hand.kill('SIGKILL');
    else this.#free.push(hand);
    return outcome;
  }

  /** A process without settings, keys or a screen; it does not keep the office from ending. */
  #start(): Promise<ChildProcess> {
    const hand = fork(this.#program, [], {
      ...{ env: {}, execArgv: [HEAP, ...PERMISSIONS], serialization: 'advanced' },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    hand.on('exit', () => {
      const at = this.#free.indexOf(hand);
      if (at >= 0) this.#free.splice(at, 1);
    });
    const stop = (): void => void hand.kill('SIGKILL');
    process.once('exit', stop);
    hand.once('exit', () => process.off('exit', stop));
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('files: the program that opens files does not start'));
      hand.once('error', failed).once('exit', failed);
      hand.once('message', () => {
        hand.off('exit', failed).off('error', failed).on('error', stop);
        hand.unref();
        hand.channel?.unref();
        resolve(hand);
      });
    });
  }

  /** @returns undefined when the process did not live, or may not live, to tell */
  #outcome(hand: ChildProcess, job: Job): Promise<Outcome | undefined> {
    const { milliseconds, bytes } = this.#limits;
    return new Promise((resolve) => {
      const finish = (outcome?: Outcome): void => {
        clearTimeout(late);
        clearInterval(look);
        hand.off('message', finish).off('exit', died);
        hand.channel?.unref();
        resolve(outcome);
      };
      const died = (): void => finish();
      const late = setTimeout(died, milliseconds);
      const look = setInterval(() => {
        memoryOf(hand).then((taken) => taken > bytes && died());
      }, LOOK_MS);
      hand.once('message', finish).once('exit', died);
      hand.channel?.ref();
      hand.send(job, (error) => error && died());
    });
  }
}
