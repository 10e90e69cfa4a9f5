import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseStreetJson, parseStreetText, streetText } from '#city';
import { loadConfig } from '#config';

const USAGE =
  'usage: amtomat import streets FILE.json|FILE.txt [--data ./data]\n' +
  '  FILE.txt has one street a line, after a semicolon its postcodes where they are known;\n' +
  '  FILE.json is an array of names, or of objects with "name" or "street", and "postcodes" where they are known';

/**
 * Reads a street list and keeps it in the data folder, where the office takes it beside the city's own.
 * @param file `.json` or text
 * @param dataFolder made when it does not exist
 * @returns how many streets were kept, and where
 * @throws Error when the file cannot be read or is no street list
 */
export function importStreets(file: string, dataFolder: string): { streets: number; target: string } {
  const text = readFileSync(file, 'utf8');
  const streets = file.toLowerCase().endsWith('.json') ? parseStreetJson(text) : parseStreetText(text);
  if (streets.length === 0) throw new Error('there is no street in it');
  mkdirSync(dataFolder, { recursive: true });
  const target = join(dataFolder, 'streets.txt');
  // Renamed into place: an office that starts meanwhile reads the old list or the new one, never half of it.
  writeFileSync(`${target}.new`, streetText(streets));
  renameSync(`${target}.new`, target);
  return { streets: streets.length, target };
}

/** `amtomat import streets FILE`. @returns the exit code */
export async function run(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { data: { type: 'string' } },
    allowPositionals: true,
  });
  const [what, file, ...rest] = positionals;
  if (what !== 'streets' || file === undefined || rest.length > 0) {
    console.error(USAGE);
    return 1;
  }
  const { dataFolder } = loadConfig(process.env, values.data === undefined ? [] : ['--data', values.data]);
  try {
    const { streets, target } = importStreets(file, dataFolder);
    console.log(`${streets} streets are now in ${target}; the office takes them when it starts next`);
    return 0;
  } catch (error) {
    console.error(`amtomat: ${file}: ${(error as Error).message}`);
    return 1;
  }
}
