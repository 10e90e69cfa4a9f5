/** Written by `node scripts/schemas.ts`. */

/** What the room "receipt" can say. */
export interface Words {
  receipt: {
    doneNumber: string;
    papersTitle: string;
    receiptPdf: string;
    receiptPhone: string;
    documentPdf: (values: { name: string | number }) => string;
    documentPhone: (values: { name: string | number }) => string;
    paperGerman: string;
    calendarFile: string;
    calendarPhone: string;
    calendarCancel: string;
    calendarCancelPhone: string;
  };
  kept: {
    periodYears: (values: { years: number }) => string;
    periodDays: (values: { days: number }) => string;
    periodMonths: (values: { days: number; months: number }) => string;
    closed: (values: { period: string | number }) => string;
    delivered: (values: { period: string | number }) => string;
    closedUntil: (values: { period: string | number; day: string | number }) => string;
    deliveredUntil: (values: { period: string | number; day: string | number }) => string;
    checked: string;
    until: (values: { day: string | number }) => string;
    held: string;
    authority: (values: { name: string | number }) => string;
  };
  paid: {
    paid: (values: { sum: string | number; way: string; day: string | number }) => string;
    paidBack: (values: { sum: string | number; day: string | number }) => string;
    backAsked: string;
    paidBesides: (values: { ends: string; sum: string | number }) => string;
    paidBesidesBack: (values: {
      ends: string;
      paid: string | number;
      sum: string | number;
      day: string | number;
    }) => string;
  };
  case: {
    statusMessage: string;
    statusYou: string;
    statusWrote: string;
    stateUnpaid: string;
    stateNew: string;
    stateWorking: string;
    stateWaiting: string;
    stateDone: string;
    stateRejected: string;
    stateWithdrawn: string;
    eventSubmitted: string;
    eventTaken: string;
    eventAccepted: string;
    eventMoved: string;
    eventCorrected: string;
    correction: (values: {
      label: string | number;
      gone: string;
      to: string | number;
      fresh: string;
      from: string | number;
    }) => string;
    followed: (values: {
      label: string | number;
      gone: string;
      to: string | number;
      fresh: string;
      from: string | number;
    }) => string;
    eventRevoked: string;
    revokedTitle: string;
    revokedBefore: string;
    revoked: (values: { issued: string | number; at: string | number }) => string;
    revokedOpen: string;
    revokedAnew: string;
    revokedNone: string;
    eventDecided: string;
    eventWithdrawn: string;
    eventClosed: string;
    eventFeeKept: string;
    stateThere: (values: { name: string | number }) => string;
    stateOnItsWay: (values: { name: string | number }) => string;
    stateClosed: string;
    stateClosedText: (values: { name: string | number }) => string;
    messageFrom: (values: { name: string | number }) => string;
    decidedBy: (values: { name: string | number }) => string;
  };
  stray: {
    title: (values: { sum: string | number }) => string;
    why: string;
    unpaid: string;
    will: string;
    gone: (values: { day: string | number }) => string;
    arrived: (values: { day: string | number }) => string;
    ask: (values: { number: string | number; office: string | number; phone: string | number }) => string;
  };
}
