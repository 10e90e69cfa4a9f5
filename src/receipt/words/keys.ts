/** Written by `node scripts/schemas.ts`. */

/** What the room "receipt" can say. */
export interface Words {
  receipt: {
    doneNumber: string;
    papersTitle: string;
    receiptPdf: string;
    documentPdf: (values: { name: string | number }) => string;
    calendarFile: string;
    calendarCancel: string;
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
  };
}
