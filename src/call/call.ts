import { parseArgs } from 'node:util';
import { editDistance } from '#typed';

type Kind = 'text' | 'flag';
type Options = Readonly<Record<string, Kind>>;

/** What one command understands. */
export interface CallSpec<O extends Options> {
  /** As it is typed after `./amtomat`. */
  name: string;
  /** What `--help` prints: usage, options, an example. */
  help: string;
  /** `text` takes a value, a `flag` takes none. */
  options: O;
  /** How many words there may be beside the options; none when left out. */
  words?: number;
}

/** A call that was understood. */
export interface Call<O extends Options> {
  options: { [Name in keyof O]?: O[Name] extends 'flag' ? true : string };
  words: string[];
}

const MOST_TYPOS = 2;

/** @returns the option that was perhaps meant, in words that follow its wrong name */
function meant(raw: string, options: Options): string {
  const near = Object.keys(options)
    .map((name) => ({ name, far: editDistance(name, raw.replace(/^-+/, ''), MOST_TYPOS) }))
    .filter(({ name, far }) => far <= Math.min(MOST_TYPOS, name.length - 1))
    .sort((a, b) => a.far - b.far);
  return near[0] ? ` (is --${near[0].name} meant?)` : '';
}

/**
 * Says what is wrong with a call.
 * @returns the exit code of every call that cannot be understood
 */
export function refuseCall({ name }: { name: string }, why: string): 2 {
  console.error(`amtomat: ${name}: ${why}\namtomat: ./amtomat ${name} --help says how it is called`);
  return 2;
}

/**
 * Reads what follows a command. Nothing that it does not know is passed over.
 * @returns the call; or an exit code when nothing is left to do: 0 after the help, 2 after a wrong call was named
 */
export function readCall<const O extends Options>(
  spec: CallSpec<O>,
  argv: readonly string[],
): Call<O> | number {
  const { options, words: most = 0 } = spec;
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(options).map(([name, kind]) => [
        name,
        { type: kind === 'text' ? ('string' as const) : ('boolean' as const) },
      ]),
    ),
    ...{ strict: false, allowPositionals: true, tokens: true },
  });
  const found: Record<string, string | true> = {};
  const words: string[] = [];
  const wrong: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (rawName === '--help' || rawName === '-h') {
      console.log(spec.help);
      return 0;
    }
    const kind = rawName.startsWith('--') && Object.hasOwn(options, name) ? options[name] : undefined;
    if (!kind) wrong.push(`unknown option ${rawName}${meant(rawName, options)}`);
    else if (kind === 'flag' && value !== undefined) wrong.push(`${rawName} takes no value`);
    // What begins with a dash is taken for the next option, unless it is joined with an equals sign.
    else if (kind === 'text' && (!value || (!inlineValue && value.startsWith('-'))))
      wrong.push(`${rawName} needs a value`);
    else found[name] = value ?? true;
  }
  wrong.push(...words.slice(most).map((word) => `superfluous word "${word}"`));
  if (wrong.length > 0) return refuseCall(spec, wrong.join('; '));
  return { options: found as Call<O>['options'], words };
}
