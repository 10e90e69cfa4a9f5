/** What somebody holds of what they handed in: what was paid for it, how long it is kept, and its papers. */
export { keptText, periodText } from './kept.ts';
export { Paid, paidSum, paidText } from './paid.tsx';
export { isOff, PapersCard } from './papers.tsx';
export { receiptWords } from './words.ts';
