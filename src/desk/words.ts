import type { CaseEventKind, Decision } from '#cases';
import type { CaseState } from '#db';
import type { PaymentState, RefundOutcome, RefundReason, RefundTask, Way } from '#payment';

/** States as clerks call them. */
export const STATE_WORDS: Readonly<Record<CaseState, string>> = {
  unpaid: 'Noch nicht bezahlt',
  new: 'Neu',
  working: 'In Arbeit',
  waiting: 'Wartet auf Antwort',
  done: 'Erledigt',
  rejected: 'Abgelehnt',
  withdrawn: 'Zurückgezogen',
};

/** Entries of a case's history. */
export const EVENT_WORDS: Readonly<Record<CaseEventKind, string>> = {
  submitted: 'Eingereicht',
  taken: 'Übernommen',
  accepted: 'Zugesagt',
  released: 'Zurückgegeben',
  message: 'Rückfrage an die Person',
  answer: 'Antwort der Person',
  note: 'Interner Vermerk',
  moved: 'Termin verlegt',
  corrected: 'Papier berichtigt',
  revoked: 'Papier zurückgenommen',
  decided: 'Entschieden',
  closed: 'Ohne Entscheidung beendet',
  feeKept: 'Die Gebühr bleibt fällig',
  withdrawn: 'Zurückgezogen',
  guessing: 'Viele falsche Zugangscodes',
};

/** What a clerk can decide. */
export const DECISION_WORDS: Readonly<Record<Decision, string>> = {
  done: 'Erledigt',
  rejected: 'Ablehnen',
};

const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  de: 'Deutsch',
  en: 'Englisch',
  leicht: 'Leichte Sprache',
};

/** @returns the language a person chose, in German */
export function languageWord(language: string): string {
  return LANGUAGE_WORDS[language] ?? language;
}

const ERROR_WORDS: Readonly<Record<string, string>> = {
  unreachable: 'Empfänger nicht erreichbar',
  refused: 'Vom Empfänger abgelehnt',
  failed: 'Unerwarteter Fehler',
  restored: 'Sicherung zurückgespielt: Fragen Sie erst beim Empfänger, ob der Vorgang schon da ist',
};

/** @returns why a delivery did not work, in German */
export function errorWord(code: string | null): string {
  return code === null ? 'Unbekannt' : (ERROR_WORDS[code] ?? code);
}

/** How somebody paid. */
export const WAY_WORDS: Readonly<Record<Way, string>> = { card: 'Karte am Gerät', page: 'Bezahlseite' };

/** What became of a payment. */
export const PAYMENT_WORDS: Readonly<Record<PaymentState, string>> = {
  intended: 'vorgesehen',
  pending: 'läuft',
  paid: 'bezahlt',
  reversed: 'erstattet',
  unknown: 'ungeklärt',
  failed: 'nicht bezahlt',
};

const REFUND_WORDS: Readonly<Record<RefundReason, string>> = {
  rejected: 'Vorgang abgelehnt',
  withdrawn: 'Vorgang zurückgezogen',
  undecided: 'Ohne Entscheidung beendet',
  stray: 'Bezahlt ohne Vorgang',
};

/** @returns why money has to go back */
export function refundWord({ reason, twice }: Pick<RefundTask, 'reason' | 'twice'>): string {
  return reason === 'stray' && twice ? 'Zweimal bezahlt' : REFUND_WORDS[reason];
}

/** How somebody ended a refund task. */
export const REFUND_END_WORDS: Readonly<Record<RefundOutcome, string>> = {
  refunded: 'ist erstattet',
  kept: 'Gebühr bleibt fällig',
};

/** @returns whole cents as `13,00 €` */
export function euros(cents: number): string {
  return (cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' });
}
