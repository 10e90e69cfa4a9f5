/** How often a household may use a service in a year. What is stored names nobody: a keyed hash, new every year. */
import { sql } from 'kysely';
import type { Db, Tx } from '#db';
import type { KeyProvider } from '#seal';
import type { Answer, Answers, CompiledService } from '#service';
import { type Clock, momentOf } from '#time';
import { houseOf } from './house.ts';

/** Every allowance of this holder is used up. */
export class EntitlementUsedError extends Error {
  constructor() {
    super('the yearly entitlement is used up');
    this.name = 'EntitlementUsedError';
  }
}

/** Allowances a holder still has, of how many in the period. */
export interface EntitlementLeft {
  left: number;
  limit: number;
}

/** The part of a service this is about. */
export type EntitledService = Pick<CompiledService, 'slug' | 'entitlement'>;

export interface Entitlements {
  /** @returns undefined when the service has no such limit, or the answers do not name the holder yet */
  left(service: EntitledService, answers: Answers): Promise<EntitlementLeft | undefined>;
  /**
   * Uses one up for a case; nothing when the service has no such limit.
   * @returns whether this was within the allowance. It is not where somebody was told that theirs is used and went on
   *   all the same: then the office decides
   * @throws EntitlementUsedError when none is left, and the person does not know that yet
   */
  use(tx: Tx, service: EntitledService, answers: Answers, caseId: string): Promise<boolean>;
  /** Gives back what a case used, for example when it is withdrawn. */
  giveBack(tx: Tx, caseId: string): Promise<void>;
  /** Forgets uses of past years, which decide nothing any more. @returns how many */
  forgetPast(): Promise<number>;
}

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** The same household however it was typed: case, spaces, hyphens, umlauts, accents, "str." for "straße". */
export function normaliseHolder(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/str(?:\.|(?=\s|$))/gu, 'strasse')
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Of an address what is not needed to find the house: streets are unique in a city, and postcodes are easily mistaken. */
const ASIDE: ReadonlySet<string> = new Set(['postcode', 'unlisted']);

/** What a street outside the list is known again by, however it is spelled: the listed one that it is a slip of, or a name of its own. */
type MeantStreet = (street: string) => string;

/** An address as its house: who writes floor, neighbour or a slip into it does not live in another one. */
function asHouse(answer: { [name: string]: Answer }, meant: MeantStreet): { [name: string]: Answer } {
  const { street, houseNumber, unlisted } = answer;
  if (typeof street !== 'string' || typeof houseNumber !== 'string') return answer;
  const parts = Object.entries(answer).filter(([name]) => !ASIDE.has(name));
  return {
    ...Object.fromEntries(parts),
    street: unlisted === true ? meant(street) : street,
    houseNumber: houseOf(houseNumber),
  };
}

function flatten(answer: Answer, meant: MeantStreet): string {
  if (Array.isArray(answer)) return answer.map((one) => flatten(one, meant)).join('\u001f');
  if (typeof answer !== 'object') return normaliseHolder(String(answer));
  return Object.entries(asHouse(answer, meant))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${flatten(value, meant)}`)
    .join('\u001f');
}

function holderText(holder: readonly string[], answers: Answers, meant: MeantStreet): string | undefined {
  const parts = holder.map((id) => answers[id]);
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.map((part) => flatten(part as Answer, meant)).join('\u001e');
}

interface Allowance {
  service: string;
  scope: string;
  period: string;
  holder: Buffer;
  limit: number;
}

/**
 * The unique index decides between two tabs: the second waits for the first and then finds its ordinal gone.
 * @returns whether there was one left
 */
async function take(tx: Tx, { limit, ...row }: Allowance, caseId: string): Promise<boolean> {
  for (let ordinal = 1; ordinal <= limit; ordinal += 1) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('entitlement_use')
      .values({ ...row, ordinal, case_id: caseId })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (numInsertedOrUpdatedRows === 1n) return true;
  }
  return false;
}

/**
 * @param deps the period is the civil year of the clock; `meantStreet` tells which street outside the list is which
 */
export function createEntitlements(deps: {
  db: Db;
  clock: Clock;
  keys: Pick<KeyProvider, 'index'>;
  meantStreet?: MeantStreet;
}): Entitlements {
  const meant = deps.meantStreet ?? ((street) => street);
  const year = (): string => momentOf(deps.clock.now()).today.slice(0, 4);

  const allowanceOf = (
    { slug, entitlement }: EntitledService,
    answers: Answers,
    named = entitlement?.holder,
  ): Allowance | undefined => {
    if (!entitlement || !named) return undefined;
    const scope = entitlement.scopeFrom === undefined ? '*' : String(answers[entitlement.scopeFrom] ?? '*');
    const limit = entitlement.limits[scope] ?? entitlement.limits['*'];
    const holder = holderText(named, answers, meant);
    if (limit === undefined || holder === undefined) return undefined;
    const period = year();
    // Year and scope are inside the hash: the same household cannot be recognised from one year to the next.
    const hash = deps.keys.index('entitlement', [slug, scope, period, holder].join('\u001d'));
    return { service: slug, scope, period, holder: hash, limit };
  };

  return {
    async left(service, answers) {
      const allowance = allowanceOf(service, answers);
      if (!allowance) return undefined;
      const { used } = await deps.db
        .selectFrom('entitlement_use')
        .select(sql<number>`count(*)::int`.as('used'))
        .where('service', '=', allowance.service)
        .where('scope', '=', allowance.scope)
        .where('period', '=', allowance.period)
        .where('holder', '=', allowance.holder)
        .executeTakeFirstOrThrow();
      return { left: Math.max(0, allowance.limit - used), limit: allowance.limit };
    },

    async use(tx, service, answers, caseId) {
      const allowance = allowanceOf(service, answers);
      if (!allowance || (await take(tx, allowance, caseId))) return true;
      const { answer, further } = service.entitlement ?? {};
      if (answer === undefined || answers[answer] !== 'used') throw new EntitlementUsedError();
      const other = further && allowanceOf(service, answers, further);
      return other !== undefined && (await take(tx, other, caseId));
    },

    async giveBack(tx, caseId) {
      await tx.deleteFrom('entitlement_use').where('case_id', '=', caseId).execute();
    },

    async forgetPast() {
      const { numDeletedRows } = await deps.db
        .deleteFrom('entitlement_use')
        .where('period', '<', year())
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
