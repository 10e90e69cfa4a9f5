/** Registers of other authorities that answer at once. Their answers are checked, shown, and never stored. */

export { type AnsweringRegister, faerOf, type RegisterAnswer } from './answering.tsx';
export { createFaer, type FaerQuery, type FaerSettings } from './faer/client.ts';
export { type PointsPrint, printPoints } from './faer/print.ts';
export type { FaerAnswer } from './faer/protocol.ts';
export * as faerProtocol from './faer/protocol.ts';
export { type PointsReport, reportPoints } from './faer/report.ts';
export { PointsReportView } from './faer/view.tsx';
export { type Register, RegisterError, type RegisterProblem } from './register.ts';
