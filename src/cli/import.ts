import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCall, refuseCall } from '#call';
import { type ListedStreet, parseStreetJson, parseStreetText, StreetListError, streetText } from '#city';
import { assertNamedIsThere, dataSettings } from './data-settings.ts';
import { explain, wordsOf } from './words.ts';

const IMPORT = {
  name: 'import',
  help: `./amtomat import streets FILE.json|FILE.txt [--data FOLDER]
  Takes a fuller street list into the data folder, in the place of the one before it. The office reads it when it starts.
  FILE.txt has one street a line, after a semicolon its postcodes where they are known (UTF-8);
  FILE.json is an array of names, or of objects with "name" or "street", and "postcodes" where they are known
  --data FOLDER  the office's data folder (default ./data of the program)
  Exit code 0: the list is there, 1: the old one stays, 2: a wrong call.

Example
  ./amtomat import streets streets.txt --data /var/lib/amtomat`,
  options: { data: 'text' },
  words: 2,
} as const;

/** Longer than any street's name. */
const LONGEST_NAME = 100;
/** What names are written with: "Straße des 17. Juni", "Am Alten Graben (Ost)", "O’Brien-Weg", "Block B 10/36". */
const STREET_NAME = /^(?=.*\p{L})[\p{L}\p{M}\p{N} .\-–'’‘`´/()&„“”»«!]+$/u;

/** Tabs of a table, and what no text has. */
const NO_TEXT = /(?![\r\n])\p{Cc}/u;

/** Not every file without a mistake in it is a list of streets. */
function assertStreets(streets: readonly ListedStreet[]): void {
  if (streets.length === 0) throw new Error('there is no street in it');
  const odd = streets.filter(({ name }) => !STREET_NAME.test(name) || name.length > LONGEST_NAME);
  if (odd.length > 0)
    throw new Error(
      `this is no list of streets: ${odd.length} of ${streets.length} entries cannot be names of streets`,
    );
}

/** @throws Error when it is no text, or one in another code, whose umlauts would be lost */
function readText(file: string): string {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Error('this is no text in UTF-8; save the list as UTF-8 and try again');
  }
}

/** @returns a list of streets, of a file `.json` or text @throws Error naming file and line when it cannot be read or is none */
export function readStreets(file: string): ListedStreet[] {
  try {
    const streets = streetsIn(file);
    assertStreets(streets);
    return streets;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Error(`${file}${lineOf(error)}: ${isMissing ? 'is missing' : wordsOf(error)}`);
  }
}

function streetsIn(file: string): ListedStreet[] {
  const text = readText(file);
  if (!file.toLowerCase().endsWith('.json')) {
    if (NO_TEXT.test(text)) throw new Error('this is no list with one street a line');
    return parseStreetText(text);
  }
  try {
    return parseStreetJson(text);
  } catch (error) {
    throw error instanceof SyntaxError ? new Error('this is no JSON') : error;
  }
}

/**
 * Reads a street list and keeps it in the data folder, where the office takes it beside the city's own.
 * @param file `.json` or text
 * @param dataFolder made when it does not exist
 * @returns how many streets were kept, and where
 * @throws Error when the file cannot be read or is no street list
 */
export function importStreets(file: string, dataFolder: string): { streets: number; target: string } {
  const streets = readStreets(file);
  mkdirSync(dataFolder, { recursive: true });
  const target = join(dataFolder, 'streets.txt');
  // Renamed into place: an office that starts meanwhile reads the old list or the new one, never half of it.
  writeFileSync(`${target}.new`, streetText(streets));
  renameSync(`${target}.new`, target);
  return { streets: streets.length, target };
}

/** @returns where in the file it is, for what was found on a line of it */
const lineOf = (error: unknown): string => (error instanceof StreetListError ? `:${error.line}` : '');

/** `amtomat import streets FILE`. @returns the exit code */
export async function run(argv: readonly string[]): Promise<number> {
  const call = readCall(IMPORT, argv);
  if (typeof call === 'number') return call;
  const { data } = call.options;
  const [what, file] = call.words;
  if (what !== 'streets') return refuseCall(IMPORT, 'it knows one thing to take: streets');
  if (file === undefined) return refuseCall(IMPORT, 'the file is missing');
  return explain('the list of streets is as it was', async () => {
    const { dataFolder } = dataSettings(data);
    assertNamedIsThere(data);
    const { streets, target } = importStreets(file, dataFolder);
    console.log(`${streets} streets are now in ${target}; the office takes them when it starts next`);
    return 0;
  });
}
