/** Receipts, confirmations and prints of what registers answered, as PDF/UA. */
export { officeOnPaper } from './office.ts';
export { createPapers, type Papers } from './papers.ts';
export { createTypst, type Renderer } from './renderer.ts';
export { isSigner, SIGNERS, type Signer, type SignerName } from './signer.ts';
export type {
  ConfirmationData,
  DocumentCity,
  DocumentOffice,
  LetterData,
  OfficialData,
  ReceiptData,
  RegisterPrintData,
  TicketData,
} from './types.ts';
