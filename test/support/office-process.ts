/** A whole office as its own process, as a person starts it from the command line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { takeKeptKeys } from '#test/kept-keys';

const root = join(import.meta.dirname, '../..');

export interface OfficeProcess {
  /** `http://127.0.0.1:port`, from the line that says ready. */
  origin: string;
  /** All lines said so far: standard output and error output. */
  lines: string[];
  process: ChildProcess;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal ended it */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

/** The office ended before it was ready. */
export class OfficeFailed extends Error {
  readonly code: number | null;
  readonly lines: readonly string[];
  constructor(code: number | null, lines: readonly string[]) {
    super(`the office ended with ${code}:\n${lines.join('\n')}`);
    this.code = code;
    this.lines = lines;
  }
}

const running = new Set<ChildProcess>();
// A test that fails before it ends its office must not keep the run, or a database, waiting for ever.
after(async () => {
  const ends = [...running].map((child) => once(child, 'close'));
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(ends);
});

/** What the office sees of the environment of the tests. */
function environment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE, ...extra };
}

/**
 * Starts the program on a free port, as it was built last (`npm run build`), and waits until it says that it is ready.
 * @param args words after `start`, for example `['--data', folder]`
 * @param env settings; nothing else of the tests' environment is passed on but PATH, HOME and the cache
 * of compiled modules
 * @param command what to run instead of the program
 * @param said told of each line as it comes
 * @throws OfficeFailed when it ends before that
 */
export async function startOffice(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  command: readonly string[] = [process.execPath, join(root, 'dist/amtomat.js')],
  said: (line: string, process: ChildProcess) => void = () => {},
): Promise<OfficeProcess> {
  const folder = args[args.indexOf('--data') + 1] ?? '';
  // A folder that is not there yet is one that the office has to make.
  if (args.includes('--data') && existsSync(folder)) takeKeptKeys(folder);
  const [program = '', ...before] = command;
  const child = spawn(program, [...before, 'start', '--port', '0', ...args], {
    cwd: root,
    env: environment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  const lines: string[] = [];
  const ended = once(child, 'close') as Promise<[number | null]>;
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      said(line, child);
      const origin = /^ready (http:\/\/\S+)$/.exec(line)?.[1];
      if (origin) ready.resolve(origin);
    });
  }
  void ended.then(([code]) => ready.reject(new OfficeFailed(code, lines)));
  return {
    origin: await ready.promise,
    lines,
    process: child,
    async end(signal = 'SIGTERM') {
      child.kill(signal);
      const [code] = await ended;
      return code;
    },
  };
}
