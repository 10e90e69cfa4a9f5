import type { CardTerminal } from '#payment';

/** A card terminal that approves everything at once, or loses the line after asking. */
export function cardInHand(): CardTerminal & { away: boolean } {
  let trace = 0;
  return {
    away: false,
    async pay(amountCents, on) {
      if (this.away) return { outcome: 'unknown' };
      trace += 1;
      const payment = {
        ...{ amountCents, receiptNumber: trace, trace, terminalId: '1', receipt: [] },
        ...{ cardName: undefined, maskedPan: undefined },
      };
      await on.commit(payment);
      return { outcome: 'paid', payment };
    },
    last: () => Promise.reject(new Error('away')),
    reverse: async () => 'refused',
    endOfDay: () => Promise.reject(new Error('away')),
    ready: async () => 'unreachable',
    close: async () => {},
  };
}
