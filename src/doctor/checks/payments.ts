import { countUnclear } from '#payment';
import { type Check, NO_OFFICE, soon, well } from '../check.ts';

/** Payments of which nobody knows what became, as the desk shows them. */
export const payments: Check = {
  id: 'payments',
  name: { de: 'Zahlungen', en: 'payments' },
  async look({ db, at }) {
    if (!db) return [NO_OFFICE];
    const count = await countUnclear(db, at);
    if (count === 0) return [well('keine ungeklärt', 'none unclear')];
    return [
      soon(
        { de: `${count} ungeklärt`, en: `${count} unclear` },
        { de: 'im Amt unter „Zahlungen“ klären', en: 'clear them up under "Zahlungen" at the desk' },
      ),
    ];
  },
};
