/** Receipts, confirmations and prints of what registers answered, as PDF/UA. */
export { createPapers, type Papers } from './papers.ts';
export type {
  ConfirmationData,
  DocumentCity,
  DocumentOffice,
  ReceiptData,
  RegisterPrintData,
  TicketData,
} from './types.ts';
export type { Renderer } from './typst.ts';
