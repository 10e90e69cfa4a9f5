import { createRequire } from 'node:module';
import { withinMemory } from '../memory.ts';

const WASM = '@neslinesli93/qpdf-wasm/dist/qpdf.wasm';
const load = createRequire(import.meta.url);

/** What qpdf says about a file it cannot read. */
export class UnreadableError extends Error {
  readonly locked: boolean;
  constructor(locked: boolean) {
    super(locked ? 'locked' : 'unreadable');
    this.locked = locked;
  }
}

/** A password that is not the empty one, or a way of locking that only a certificate or a program opens. */
const LOCKED = /invalid password|unsupported encryption|unsupported security handler|encryption filter/i;

/** What the package's own types leave out. */
interface Qpdf {
  callMain(args: string[]): number;
  FS: { writeFile(path: string, content: Uint8Array | string): void; readFile(path: string): Uint8Array };
}
type Create = (options: { locateFile(): string; noInitialRun: true }) => Promise<Qpdf>;

/** Exit codes: all is well, and all is well but for something to warn of. */
const FINE = new Set([0, 3]);

function run(program: Qpdf, args: readonly string[], said: readonly string[]): Uint8Array {
  let code: number | undefined;
  try {
    code = program.callMain([...args]);
  } catch {
    // It gave up in the middle: no file was written.
  }
  if (code === undefined || !FINE.has(code))
    throw new UnreadableError(said.some((line) => LOCKED.test(line)));
  return program.FS.readFile('/out');
}

/**
 * Runs qpdf once, in a memory of its own that is thrown away afterwards.
 * @param args what to do with `/in`, ending in `/out`
 * @returns what stands in `/out`
 * @throws UnreadableError, MemoryLimitError
 */
export async function qpdf(input: Uint8Array | string, args: readonly string[]): Promise<Uint8Array> {
  const create = load('@neslinesli93/qpdf-wasm') as Create;
  const said: string[] = [];
  const { error } = console;
  // Its messages name what stands in the file: they are looked at here and go nowhere.
  console.error = (line: unknown) => void (said.length < 50 && said.push(String(line).slice(0, 300)));
  try {
    return await withinMemory(async () => {
      const program = await create({ locateFile: () => load.resolve(WASM), noInitialRun: true });
      program.FS.writeFile('/in', input);
      return run(program, args, said);
    });
  } finally {
    console.error = error;
    process.exitCode = 0;
  }
}
