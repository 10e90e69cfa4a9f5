/** Receipts and confirmations as PDF/UA. */
export { createPapers, type Papers } from './papers.ts';
export type { ConfirmationData, DocumentCity, DocumentOffice, ReceiptData } from './types.ts';
export type { Renderer } from './typst.ts';
