/** A payment as the bank has it: money is held while `authorised`, moved once `paid`, and given back when `reversed`. */
export interface BankEntry {
  receiptNumber: number;
  trace: number;
  amountCents: number;
  state: 'authorised' | 'paid' | 'reversed';
  /** Whether an end of day has handed it in; it can no longer be reversed. */
  closed: boolean;
}

/** What the terminal repeats when asked for its last receipt. */
export interface Transaction {
  receiptNumber: number;
  trace: number;
  amountCents: number;
  /** The trace number of the payment that this one took back. */
  reverses: number | undefined;
}

export type Closing = { totalCents: number; count: number; first: number; last: number };

const LAST_RECEIPT = 9_999;

/** The bank's ledger and the terminal's journal. Both outlive power cuts and connections. */
export interface Bank {
  entries(): readonly Readonly<BankEntry>[];
  last(): Transaction | undefined;
  find(receiptNumber: number): Readonly<BankEntry> | undefined;
  authorise(amountCents: number): Readonly<BankEntry>;
  /** The register has acknowledged everything. */
  finish(trace: number): void;
  /** @returns the transaction that a reversal would be; nothing is booked yet */
  draftReversal(trace: number): Transaction;
  book(reversal: Transaction): void;
  /** Whether there is a payment that nobody has acknowledged. */
  unfinished(): Readonly<BankEntry> | undefined;
  closing(): Closing;
  close(): void;
}

export function createBank(): Bank {
  const entries: BankEntry[] = [];
  let last: Transaction | undefined;
  let trace = 0;
  let receiptNumber = 0;

  function next(amountCents: number, reverses: number | undefined): Transaction {
    trace += 1;
    receiptNumber = (receiptNumber % LAST_RECEIPT) + 1;
    return { receiptNumber, trace, amountCents, reverses };
  }
  const byTrace = (wanted: number): BankEntry | undefined => entries.find((one) => one.trace === wanted);
  const open = (): BankEntry[] => entries.filter(({ state, closed }) => state === 'paid' && !closed);

  return {
    entries: () => entries.map((one) => ({ ...one })),
    last: () => last,
    find: (wanted) => entries.findLast((one) => one.receiptNumber === wanted),
    authorise(amountCents) {
      const transaction = next(amountCents, undefined);
      const { reverses: _, ...numbers } = transaction;
      const entry: BankEntry = { ...numbers, state: 'authorised', closed: false };
      entries.push(entry);
      last = transaction;
      return entry;
    },
    finish(wanted) {
      const entry = byTrace(wanted);
      if (entry?.state === 'authorised') entry.state = 'paid';
    },
    draftReversal: (wanted) => next(byTrace(wanted)?.amountCents ?? 0, wanted),
    book(reversal) {
      const entry = reversal.reverses === undefined ? undefined : byTrace(reversal.reverses);
      if (entry !== undefined) entry.state = 'reversed';
      last = reversal;
    },
    unfinished: () => entries.find(({ state }) => state === 'authorised'),
    closing() {
      const day = open();
      return {
        totalCents: day.reduce((sum, { amountCents }) => sum + amountCents, 0),
        count: day.length,
        first: day[0]?.receiptNumber ?? 0,
        last: day.at(-1)?.receiptNumber ?? 0,
      };
    },
    close() {
      for (const entry of entries) if (entry.state !== 'authorised') entry.closed = true;
    },
  };
}
