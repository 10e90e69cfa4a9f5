/** Does work apart from the office, in processes of their own, with limits of time, memory and number. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Nobody could do it just now: too many others wait, too. */
export class BusyError extends Error {}

export interface Limits {
  /** Processes, each with one piece of work at a time. */
  hands: number;
  /** Pieces of work that wait for one of them. */
  waiting: number;
  milliseconds: number;
  /** Of one process, with everything. */
  bytes: number;
}

const LIMITS: Limits = { hands: 2, waiting: 20, milliseconds: 30_000, bytes: 1_000_000_000 };
/** A process that has grown beyond this is let go when it has done its work. */
const HEAVY_BYTES = 300_000_000;
const LOOK_MS = 100;
const PAGE_BYTES = 4_096;
/** In what Linux counts a process's time, on every machine (`USER_HZ`). */
const TICK_MS = 10;
/** Of what its programs take outside WebAssembly. */
const HEAP = '--max-old-space-size=512';
/** It reads its own program and writes nothing; what it works with may be native code. */
const PERMISSIONS = ['--permission', '--allow-fs-read=*', '--allow-addons'];

/** Without settings and keys; and memory that was given back goes back to the machine. */
const ENVIRONMENT = { MALLOC_ARENA_MAX: '2' };

/**
 * @param folder where it lies in the sources
 * @returns a program by its name: there, or at the top of the bundle
 */
export function programIn(folder: string, name: string): string {
  for (let at = folder; at !== dirname(at); at = dirname(at)) {
    const found = ['ts', 'js'].map((end) => join(at, `${name}.${end}`)).find((file) => existsSync(file));
    if (found) return found;
  }
  throw new Error(`apart: the program ${name} is missing`);
}

/** @returns milliseconds of a processor that a process has taken; nothing where the system does not tell */
export async function processorOf({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [user = 0, system = 0] = text.slice(text.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) * TICK_MS;
}

/** @returns bytes of memory a process takes; nothing where the system does not tell */
async function memoryOf({ pid }: ChildProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * PAGE_BYTES;
}

/** Has work done by processes that are kept warm. The first piece of work starts the first. */
export class Workshop<Job extends object, Outcome> {
  readonly #limits: Limits;
  readonly #program: string;
  readonly #free: ChildProcess[] = [];
  readonly #queue: { client: string | undefined; begin: () => void }[] = [];
  #working = 0;
  /** Clients for whom something is done now. */
  readonly #served = new Set<string>();

  /**
   * @param program a file that says that it is ready, then answers each message that is a job with another, its outcome
   */
  constructor(program: string, limits: Partial<Limits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
    this.#program = program;
  }

  /**
   * @param client for whom: one client has one hand at a time, so that it never keeps all others waiting
   * @param processor how many milliseconds of a processor it may take, however much else the machine does meanwhile
   * @returns what became of it; undefined when it took too long or too much memory, or ended its process
   * @throws BusyError when too many wait already
   */
  async do(job: Job, client?: string, processor = Number.POSITIVE_INFINITY): Promise<Outcome | undefined> {
    if (this.#mayBegin(client)) this.#begin(client);
    else {
      if (this.#queue.length >= this.#limits.waiting) throw new BusyError();
      await new Promise<void>((begin) => this.#queue.push({ client, begin }));
    }
    try {
      return await this.#work(job, processor);
    } finally {
      this.#working -= 1;
      if (client !== undefined) this.#served.delete(client);
      this.#letIn();
    }
  }

  #mayBegin(client: string | undefined): boolean {
    return this.#working < this.#limits.hands && (client === undefined || !this.#served.has(client));
  }

  #begin(client: string | undefined): void {
    this.#working += 1;
    if (client !== undefined) this.#served.add(client);
  }

  /** In the order of coming, but for those whose turn it is already. Their hands are taken before anybody else comes. */
  #letIn(): void {
    for (const next of [...this.#queue]) {
      if (!this.#mayBegin(next.client)) continue;
      this.#queue.splice(this.#queue.indexOf(next), 1);
      this.#begin(next.client);
      next.begin();
    }
  }

  async #work(job: Job, processor: number): Promise<Outcome | undefined> {
    const hand = this.#free.pop() ?? (await this.#start());
    const outcome = await this.#outcome(hand, job, processor + (await processorOf(hand)));
    const isDone = outcome !== undefined && (await memoryOf(hand)) <= HEAVY_BYTES;
    if (isDone) this.#free.push(hand);
    else hand.kill('SIGKILL');
    return outcome;
  }

  /** A process without a screen; it does not keep the office from ending. */
  #start(): Promise<ChildProcess> {
    const hand = fork(this.#program, [], {
      ...{ env: ENVIRONMENT, execArgv: [HEAP, ...PERMISSIONS], serialization: 'advanced' },
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
      const failed = (): void => reject(new Error('apart: the program does not start'));
      hand.once('error', failed).once('exit', failed);
      hand.once('message', () => {
        hand.off('exit', failed).off('error', failed).on('error', stop);
        hand.unref();
        hand.channel?.unref();
        resolve(hand);
      });
    });
  }

  /**
   * @param processor how many milliseconds the process may have taken in the end
   * @returns undefined when the process did not live, or may not live, to tell
   */
  #outcome(hand: ChildProcess, job: Job, processor: number): Promise<Outcome | undefined> {
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
        processorOf(hand).then((taken) => taken > processor && died());
      }, LOOK_MS);
      hand.once('message', finish).once('exit', died);
      hand.channel?.ref();
      hand.send(job, (error) => error && died());
    });
  }
}
