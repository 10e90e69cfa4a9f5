/** Servers under measurement, each a process of its own, and what Linux says about them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** Clock ticks a second in /proc: fixed at 100 for programs on Linux (man 7 time, USER_HZ). */
const TICKS = 100;
const START_TIMEOUT_MS = 30_000;

export interface Running {
  origin: string;
  /** Milliseconds from spawning to the line that says ready. */
  startMs: number;
  /** Processor time used until then. */
  startCpuSeconds: number;
  /** @returns seconds of processor time used so far, all threads, user and system */
  cpuSeconds(): number;
  /** @returns resident memory in megabytes */
  residentMb(): number;
  /** Ends it as an operator would. @throws Error when it does not end cleanly */
  stop(): Promise<void>;
}

function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in parentheses may hold spaces; utime and stime are fields 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

function residentMb(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

async function readyOrigin(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('the process has no output');
  const lines = createInterface({ input: child.stdout });
  const timer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  try {
    for await (const line of lines) {
      const [, origin] = /^ready (\S+)/.exec(line) ?? [];
      if (origin) return origin;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error('the server ended before it was ready');
}

/**
 * Starts a Node program that prints `ready <origin>`.
 * @throws Error when it ends or says nothing for 30 s
 */
export async function startServer(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Running> {
  const begin = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const origin = await readyOrigin(child);
  const startMs = performance.now() - begin;
  child.stdout?.resume();
  const { pid } = child;
  if (pid === undefined) throw new Error('the server has no process id');
  return {
    ...{ origin, startMs, startCpuSeconds: cpuSeconds(pid) },
    cpuSeconds: () => cpuSeconds(pid),
    residentMb: () => residentMb(pid),
    async stop() {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`the server ended with ${code}`);
    },
  };
}
