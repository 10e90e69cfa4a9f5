import { countUnclear } from '#payment';
import { type Check, NO_OFFICE, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

/** Payments of which nobody knows what became, as the desk shows them. */
export const payments: Check = {
  id: 'payments',
  name: named((w) => w.payments),
  async look({ db, at }) {
    if (!db) return [NO_OFFICE];
    const count = await countUnclear(db, at);
    if (count === 0) return [well(says((w) => w.noneUnclear))];
    return [
      soon(
        says((w) => w.unclear({ count })),
        todo((w) => w.payments),
      ),
    ];
  },
};
