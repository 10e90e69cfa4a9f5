import type { Tx } from '#db';
import type { Language } from '#service';
import { guessingAlarms, openWithCode } from './access.ts';
import { activate, lockUnpaid } from './activate.ts';
import { authorityActions } from './authority.ts';
import { citizenActions } from './citizen.ts';
import { createCodes } from './codes.ts';
import { discardUnpaid, discardUnpaidLeft } from './discard.ts';
import { checkPaper } from './issue.ts';
import { countCases, listCases, lookupCode } from './list.ts';
import { calendarFile, documentPdf, type ReceiptExtra, receiptPdf } from './papers.ts';
import type { CaseContext, CaseDeps } from './ports.ts';
import { findRow, readCase, readCaseFile, readShown } from './read.ts';
import { retention } from './retention.ts';
import { staffActions } from './staff.ts';
import { submit } from './submit.ts';
import type { CaseFilter, HandIn } from './types.ts';
import { createVault } from './vault.ts';

/** Everything that can be done with cases; each call is described where it is written. */
export type Cases = ReturnType<typeof createCases>;

export function createCases(deps: CaseDeps) {
  const context: CaseContext = { ...deps, vault: createVault(deps.keys), codes: createCodes(deps.keys) };
  const { papers } = deps;
  return {
    submit: (input: HandIn) => submit(context, input),
    lockUnpaid: (tx: Tx, caseId: string) => lockUnpaid(tx, caseId),
    activate: (tx: Tx, caseId: string) => activate(tx, context, caseId),
    discardUnpaid: (caseId: string) => discardUnpaid(context, caseId),
    discardUnpaidLeft: () => discardUnpaidLeft(context),
    openWithCode: (number: string, code: string, client: string) =>
      openWithCode(context, number, code, client),
    read: (caseId: string) => readCase(context, caseId),
    shown: (caseId: string) => readShown(context, caseId),
    file: (caseId: string, fileId: string) => readCaseFile(context, caseId, fileId),
    find: (caseId: string) => findRow(context, { id: caseId }),
    findByNumber: (number: string) => findRow(context, { number }),
    list: (filter: CaseFilter) => listCases(context, filter),
    counts: (filter: Pick<CaseFilter, 'offices' | 'subject'>) => countCases(context, filter),
    lookupCode: (kind: string, code: string, office: string) => lookupCode(context, kind, code, office),
    guessingAlarms: (offices: readonly string[]) => guessingAlarms(context, offices),
    ...staffActions(context),
    ...citizenActions(context),
    ...authorityActions(context),
    receiptPdf: (caseId: string, accessCode: string, language: Language, more?: ReceiptExtra) =>
      receiptPdf(context, papers, { caseId, accessCode, language, ...more }),
    documentPdf: (caseId: string, language: Language) => documentPdf(context, papers, caseId, language),
    checkPaper: (number: string, code: string, client: string) => checkPaper(context, number, code, client),
    calendarFile: (caseId: string, language: Language) => calendarFile(context, caseId, language),
    retention: () => retention(context),
  };
}
