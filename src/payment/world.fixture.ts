/**
 * A world for model tests, in memory: a ledger that keeps the rules of the real one, cases, a card terminal and a pay
 * page that each know what money really moved. An office can stop at any named point, as if its power had gone.
 */
import { type CaseFate, discard, type Memory, memoryLedger, newCase } from './memory-ledger.fixture.ts';
import { FakeCard, FakePage } from './outside.fixture.ts';
import { createTill, type Till } from './till.ts';
import type { Payment } from './types.ts';

export interface World extends Memory {
  card: FakeCard;
  page: FakePage;
  /** The office stops for good after so many steps: calls to the ledger or outside, before or after; 0 for never. */
  crashAfter: number;
  till(): Till;
  /** Another office takes over, as after a restart. */
  restart(): void;
  crashed(): boolean;
  newCase(): string;
  /** Lets so much happen of what is under way; all of it when left out. */
  turn(times?: number): Promise<void>;
}

/** More turns of the event loop than anything here takes. */
const TURNS = 120;

/** Every call to `target` passes `step` before and after it, as every call to somebody outside can be the last one. */
function stepping<T extends object>(target: T, step: () => Promise<void>): T {
  return new Proxy(target, {
    get(from, name) {
      const value: unknown = Reflect.get(from, name);
      if (typeof value !== 'function') return value;
      return async (...given: unknown[]): Promise<unknown> => {
        await step();
        const result: unknown = await Reflect.apply(value, from, given);
        await step();
        return result;
      };
    },
  });
}

export function newWorld(): World {
  let office = 0;
  let dead = false;
  const openTill = (): Till => {
    office += 1;
    dead = false;
    world.crashAfter = 0;
    const self = office;
    const step = async (): Promise<void> => {
      if (self === office && world.crashAfter > 0) {
        world.crashAfter -= 1;
        if (world.crashAfter === 0) dead = true;
      }
      // Whoever stops here has stopped for good; a later office is another one.
      if (self !== office || dead) await new Promise(() => {});
    };
    return createTill({
      clock: { now: () => new Date(world.now) },
      ledger: stepping(memoryLedger(world), step),
      cases: { discardUnpaid: async (id) => discard(world, id) },
      cardTerminal: () => stepping(world.card, step),
      page: stepping(world.page, step),
      wake() {},
      log: { warn() {} },
    });
  };
  const world = {
    now: 1_000_000,
    cases: new Map<string, CaseFate>(),
    payments: new Map<string, Payment>(),
    tasks: new Set<string>(),
    card: new FakeCard(),
    page: new FakePage(),
    crashAfter: 0,
    crashed: () => dead,
    newCase: () => newCase(world),
    async turn(times = TURNS) {
      for (let turn = 0; turn < times; turn += 1) await null;
    },
  };
  let till = openTill();
  return Object.assign(world, {
    till: () => till,
    restart() {
      world.card.reset();
      till = openTill();
    },
  });
}
