/** Written by `node scripts/schemas.ts`. */

/** What the room "desk" can say. */
export interface Words {
  states: {
    unpaid: string;
    new: string;
    working: string;
    waiting: string;
    done: string;
    rejected: string;
    withdrawn: string;
  };
  events: {
    submitted: string;
    taken: string;
    accepted: string;
    released: string;
    message: string;
    answer: string;
    note: string;
    moved: string;
    corrected: string;
    revoked: string;
    decided: string;
    closed: string;
    feeKept: string;
    withdrawn: string;
    guessing: string;
  };
  decisions: {
    done: string;
    rejected: string;
  };
  errors: {
    unreachable: string;
    refused: string;
    failed: string;
    restored: string;
    unknown: string;
  };
  ways: {
    card: string;
    page: string;
  };
  payments: {
    intended: string;
    pending: string;
    paid: string;
    reversed: string;
    unknown: string;
    failed: string;
  };
  refunds: {
    rejected: string;
    withdrawn: string;
    undecided: string;
    stray: string;
    twice: string;
  };
  refundEnds: {
    refunded: string;
    kept: string;
  };
}
