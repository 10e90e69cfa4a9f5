import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Asking, LockedOut } from './locked-out.ts';
import { Places } from './places.ts';

const asking = (name: string): Asking => ({ name, asked: true, lockedOut: false });

/** Lets somebody ask for a page and find it locked, or not. @returns whether they were let in */
function visit(pages: LockedOut, name: string, lockedOut: boolean): boolean {
  const one = asking(name);
  const entered = pages.enter(one);
  one.lockedOut = lockedOut;
  if (entered) pages.leave(one);
  return entered;
}

describe('a page that is locked out', () => {
  it('is tried by one at a time, and open to all as soon as that one comes through', () => {
    const pages = new LockedOut();
    for (let times = 0; times < 3; times += 1) assert.equal(visit(pages, 'a', true), true);
    const trying = asking('a');
    assert.equal(pages.enter(trying), true);
    assert.equal(pages.enter(asking('a')), false);
    assert.equal(pages.enter(asking('b')), true, 'another page is open');
    pages.leave(trying);
    assert.equal(pages.enter(asking('a')), true);
    assert.equal(pages.enter(asking('a')), true);
  });

  it('is no page on which only now and then somebody is locked out', () => {
    const pages = new LockedOut();
    for (let times = 0; times < 20; times += 1) assert.equal(visit(pages, 'a', times % 3 !== 0), true);
  });

  it('sends away those who came in before and have not asked yet', () => {
    const pages = new LockedOut();
    const early = asking('a');
    assert.equal(pages.enter(early), true);
    for (let times = 0; times < 3; times += 1) visit(pages, 'a', true);
    assert.equal(pages.mayGoOn(early), false);
    const trying = asking('a');
    assert.ok(pages.enter(trying) && pages.mayGoOn(trying));
  });

  it('takes no more than three connections for finding out, however many pages are locked', () => {
    const pages = new LockedOut();
    const names = [...'abcdefgh'];
    for (const name of names) for (let times = 0; times < 3; times += 1) visit(pages, name, true);
    assert.equal(names.filter((name) => pages.enter(asking(name))).length, 3);
  });
});

it('a share of connections is never exceeded, and nobody waits while there is a place', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.constantFrom('a', 'b', '-a', '-b'), { maxLength: 60 }),
      async (most, steps) => {
        const share = new Places(most);
        const asked: Record<string, number> = { a: 0, b: 0 };
        const inside: Record<string, number> = { a: 0, b: 0 };
        for (const step of steps) {
          const name = step.at(-1) ?? '';
          if (step.length === 1) {
            asked[name] = (asked[name] ?? 0) + 1;
            void share.enter(name).then(() => {
              inside[name] = (inside[name] ?? 0) + 1;
            });
          } else if ((inside[name] ?? 0) > 0) {
            asked[name] = (asked[name] ?? 0) - 1;
            inside[name] = (inside[name] ?? 0) - 1;
            share.leave(name);
          }
          await new Promise(setImmediate);
          for (const one of ['a', 'b']) assert.equal(inside[one], Math.min(most, asked[one] ?? 0));
        }
      },
    ),
    { numRuns: 50 },
  );
});
