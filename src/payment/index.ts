/** Payments: card terminal and pay page, the ledger that never loses or doubles one, refunds, the day's report. */
export type * from './card-terminal.ts';
export { type CasePayments, createCasePayments } from './case-port.ts';
export { countUnclear } from './ledger-rows.ts';
export { isLive, isOpen, isWatched, type PaymentState } from './ledger-rules.ts';
export {
  createPayPage,
  type PayPage,
  PayPageError,
  type PayPageSettings,
} from './pay-page/client.ts';
export type { PageRequest, PageTransaction } from './pay-page/shapes.ts';
export { createPayments, type PaymentDeps, type Payments } from './payments.ts';
export { CRASH_POINTS, type CrashPoint, type PaymentCases, type PaymentStaff } from './ports.ts';
export type { RefundEnd, RefundOutcome, RefundReason, RefundTask } from './refund-tasks.ts';
export { type Closing, type DayReport, dayReport, type ReportLine, type Sums } from './report.ts';
export type { PageOrder, Till } from './till.ts';
export type * from './types.ts';
export { createZvtTerminal } from './zvt/index.ts';
