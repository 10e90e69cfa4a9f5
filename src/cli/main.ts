/** Amtomat's command: one file a command, loaded when it is asked for. */
import { ConfigError } from '#config';

/** Does its work and gives the exit code; undefined when it goes on until a signal. */
type Command = (argv: readonly string[]) => Promise<number | undefined>;

const COMMANDS: Readonly<Record<string, () => Promise<{ run: Command }>>> = {
  start: () => import('./start.ts'),
  check: () => import('./check.ts'),
  audit: () => import('./audit.ts'),
  keys: () => import('./keys.ts'),
  doctor: () => import('./doctor.ts'),
  backup: () => import('./backup.ts'),
  restore: () => import('./restore.ts'),
  play: () => import('./play.ts'),
  import: () => import('./import.ts'),
  help: () => import('./help.ts'),
};

const [name = 'help', ...argv] = process.argv.slice(2);
try {
  const load = COMMANDS[name] ?? COMMANDS.help;
  const code = await (await load?.())?.run(argv);
  if (code !== undefined) process.exitCode = code;
} catch (error) {
  // What an operator can mend is said in words; anything else is our fault and shows where.
  const inWords =
    error instanceof ConfigError || (error instanceof Error && error.name === 'NewerDatabaseError');
  console.error(inWords ? `amtomat: ${error.message}` : error);
  process.exitCode = 1;
}
