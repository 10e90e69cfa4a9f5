/** What somebody holds of what they handed in: where it stands, what was paid for it, how long it is kept, and its papers. */
export { correctionText, eventTitle, revokedTexts, stateText, stateTitle } from './case-words.ts';
export { keptText, periodText } from './kept.ts';
export { Paid, paidSum, paidText } from './paid.tsx';
export { isOff, PapersCard } from './papers.tsx';
export { isStray, othersOf, Stray, type StrayMoney, strayOf, strayText } from './stray.tsx';
export { receiptWords } from './words.ts';
