import type { Tx } from '#db';
import type { Language } from '#language';
import type { CompiledService } from '#service';
import { guessingAlarms, openWithCode } from './access.ts';
import { activate, lockUnpaid } from './activate.ts';
import { authorityActions } from './authority.ts';
import { citizenActions } from './citizen.ts';
import { createCodes } from './codes.ts';
import { discardUnpaid, discardUnpaidLeft } from './discard.ts';
import { calendarsOf, codeKindsOf, createEditions, serviceTitles, submissionSchema } from './edition.ts';
import { feeKept, wasFeeKept } from './fee-kept.ts';
import { fileForCitizen, forCitizen } from './for-citizen.ts';
import { staffViews } from './for-staff.ts';
import type { Screen } from './guessed.ts';
import { checkPaper } from './issue.ts';
import { countCases, listCases } from './list.ts';
import { calendarFile, documentPdf, type ReceiptExtra, receiptPdf } from './papers.ts';
import type { CaseContext, CaseDeps } from './ports.ts';
import { findRow, readShown } from './read.ts';
import { overdue, retention } from './retention.ts';
import { staffActions } from './staff.ts';
import { handedIn, isHandedIn, submit } from './submit.ts';
import type { CaseFilter, HandIn } from './types.ts';
import { createVault } from './vault.ts';

/** Everything that can be done with cases; each call is described where it is written. */
export type Cases = ReturnType<typeof createCases>;

export function createCases(deps: CaseDeps) {
  const context: CaseContext = {
    ...deps,
    vault: createVault(deps.keys),
    codes: createCodes(deps.keys),
    editions: createEditions(deps.db, deps.clock),
  };
  return {
    submit: (input: HandIn) => submit(context, input),
    handedIn: (tx: Tx, service: CompiledService, submissionKey: string) =>
      handedIn(context, tx, service, submissionKey),
    isHandedIn: (submissionKey: string) => isHandedIn(context.db, submissionKey),
    lockUnpaid: (tx: Tx, caseId: string) => lockUnpaid(tx, caseId),
    activate: (tx: Tx, caseId: string) => activate(tx, context, caseId),
    feeKept: (tx: Tx, kept: Parameters<typeof feeKept>[2]) => feeKept(tx, context, kept),
    wasFeeKept: (tx: Tx, kept: Parameters<typeof wasFeeKept>[2]) => wasFeeKept(tx, context, kept),
    discardUnpaid: (caseId: string) => discardUnpaid(context, caseId),
    discardUnpaidLeft: () => discardUnpaidLeft(context),
    openWithCode: (number: string, code: string, client: string, screen?: Screen) =>
      openWithCode(context, number, code, client, screen),
    shown: (caseId: string) => readShown(context, caseId),
    forCitizen: (caseId: string) => forCitizen(context, caseId),
    fileForCitizen: (caseId: string, fileId: string) => fileForCitizen(context, caseId, fileId),
    ...staffViews(context),
    find: (caseId: string) => findRow(context, { id: caseId }),
    findByNumber: (number: string) => findRow(context, { number }),
    list: (filter: CaseFilter) => listCases(context, filter),
    counts: (filter: Pick<CaseFilter, 'offices' | 'subject' | 'service'>) => countCases(context, filter),
    calendars: (offices: readonly string[]) => calendarsOf(context.db, offices),
    codeKinds: (offices: readonly string[]) => codeKindsOf(context.db, offices),
    serviceTitles: () => serviceTitles(context.db),
    submissionSchema: (service: string, version: number) => submissionSchema(context.db, service, version),
    overdue: (offices: readonly string[]) => overdue(context, offices),
    guessingAlarms: (offices: readonly string[]) => guessingAlarms(context, offices),
    ...staffActions(context),
    ...citizenActions(context),
    ...authorityActions(context),
    receiptPdf: (caseId: string, accessCode: string, language: Language, more?: ReceiptExtra) =>
      receiptPdf(context, { caseId, accessCode, language, ...more }),
    documentPdf: (caseId: string, language: Language) => documentPdf(context, caseId, language),
    checkPaper: (number: string, code: string, client: string, screen?: Screen) =>
      checkPaper(context, number, code, client, screen),
    calendarFile: (caseId: string, language: Language) => calendarFile(context, caseId, language),
    retention: () => retention(context),
  };
}
