/**
 * An office as a process that ends as if its power had gone, at a point that a test writes into the file `POINT_FILE`:
 * one of the payment room's named points, or `<when> <words of a statement>`. Only tests start it; the command knows no
 * such points.
 */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { loadCity } from '#city';
import { loadConfig } from '#config';
import { openOffice } from '../../src/server.ts';

const wanted = (): string => {
  try {
    return readFileSync(process.env.POINT_FILE ?? '', 'utf8').trim();
  } catch {
    return '';
  }
};

/** Nothing that runs later is reached. */
function die(): Promise<never> {
  process.kill(process.pid, 'SIGKILL');
  return new Promise<never>(() => {});
}

async function dieIf(point: string): Promise<void> {
  if (wanted() === point) await die();
}

/** What a connection has done in its transaction so far; undefined outside of one. */
const transactions = new WeakMap<object, string[]>();

/** @returns whether what the test waits for is this statement, or the end of the transaction it belongs to */
function isWanted(when: 'before' | 'after', text: string, transaction: readonly string[]): boolean {
  const [, moment, words = ''] = /^(\S+) (.*)$/.exec(wanted()) ?? [];
  if (moment === when) return text.includes(words) && transaction.length === 0;
  if (moment !== `commit.${when}` || text !== 'commit') return false;
  return words.split(' & ').every((each) => transaction.some((statement) => statement.includes(each)));
}

type Query = (this: object, ...input: unknown[]) => unknown;

/** Listens to every statement that is sent with a promise for its answer, as all of ours are. */
function listenTo(query: Query): Query {
  return function listening(this: object, ...input) {
    const [first] = input;
    const text = typeof first === 'string' ? first : String((first as { text?: unknown } | undefined)?.text);
    const statement = text.toLowerCase();
    if (statement.startsWith('begin')) transactions.set(this, []);
    const transaction = transactions.get(this) ?? [];
    if (isWanted('before', statement, transaction)) return die();
    transactions.get(this)?.push(statement);
    const result = query.apply(this, input);
    if (statement === 'commit' || statement === 'rollback') transactions.delete(this);
    if (!(result instanceof Promise)) return result;
    return result.then((answer: unknown) =>
      isWanted('after', statement, statement === 'commit' ? transaction : (transactions.get(this) ?? []))
        ? die()
        : answer,
    );
  };
}

const clients: { query: Query } = pg.Client.prototype as unknown as { query: Query };
clients.query = listenTo(clients.query);

const config = loadConfig(process.env, process.argv.slice(3));
const { city } = loadCity(config.cityFolder);
if (!city) throw new Error('the city has problems');
const { origin } = await openOffice(config, city, undefined, undefined, dieIf);
process.stdout.write(`ready ${origin}\n`);
