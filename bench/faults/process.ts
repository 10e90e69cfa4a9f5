/** The office's process: started, killed, started again on the same port, and asked how much memory it takes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');
const OFFICE = ['--import', join(ROOT, 'scripts/tsx-loader.ts'), join(ROOT, 'bench/faults/office.ts')];

export interface OfficeProcess {
  /** Starts it; comes when it says that it is ready. @throws Error when it ends before that */
  start(): Promise<void>;
  /** As if its power had gone. */
  kill(): Promise<void>;
  /** As an operator ends it. @throws Error when it does not end cleanly */
  stop(): Promise<void>;
  memory(): Promise<NodeJS.MemoryUsage>;
}

/** @param args words for `bench/faults/office.ts`: the authority's file, then those of `start` */
export function officeProcess(args: readonly string[], env: NodeJS.ProcessEnv): OfficeProcess {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return 0;
    const ended = once(ending, 'exit');
    ending.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  };
  return {
    async start() {
      const started = spawn(process.execPath, [...OFFICE, ...args], {
        env,
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      });
      child = started;
      if (!started.stdout) throw new Error('the office has no output');
      for await (const line of createInterface({ input: started.stdout })) {
        if (line.startsWith('ready ')) return void started.stdout.resume();
      }
      throw new Error('the office ended before it was ready');
    },
    kill: async () => void (await end('SIGKILL')),
    async stop() {
      const code = await end('SIGTERM');
      if (code !== 0) throw new Error(`the office ended with ${code}`);
    },
    async memory() {
      if (!child) throw new Error('there is no office');
      const told = once(child, 'message');
      child.send('memory');
      const [usage] = (await told) as [NodeJS.MemoryUsage];
      return usage;
    },
  };
}
