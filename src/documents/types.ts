import type { Language } from '#language';
import type { IsoDate } from '#time';

/** Whose papers they are. */
export interface DocumentCity {
  name: string;
  /** `#rrggbb`, for lines and shapes only, never for text. */
  accent?: string | undefined;
}

export interface DocumentOffice {
  name: string;
  address: string;
  phone?: string | undefined;
}

export interface LabelledValue {
  label: string;
  value: string;
}

/** A code for people to keep, in groups as it is read aloud. */
export interface DocumentCode extends LabelledValue {
  help: string;
}

/** What stands on the receipt of a hand-in. */
export interface ReceiptData {
  language: Language;
  office: DocumentOffice;
  /** Name of the service. */
  title: string;
  receivedAt: Date;
  /** In groups. */
  number: string;
  /** In groups. */
  accessCode: string;
  code: DocumentCode | undefined;
  /** Booked date. */
  date: IsoDate | undefined;
  /** What has been paid, as a sentence. */
  paid?: string | undefined;
  /** How long the office keeps what was said, as a sentence. */
  kept?: string | undefined;
  /** The day it was printed, and what has become of the case until then; nothing where it is as it was handed in. */
  since?: { title: string; lines: readonly string[] } | undefined;
  /** Opens the status page with number and code; only in the QR code. */
  statusLink: string;
  /** The status page's address for people to type. */
  statusAddress: string;
  next: readonly string[];
  sections: readonly { title: string; lines: readonly LabelledValue[] }[];
}

/** A confirmation. */
export interface ConfirmationData {
  language: Language;
  office: DocumentOffice;
  title: string;
  text: string;
  fields: readonly LabelledValue[];
  code: DocumentCode | undefined;
  /** In groups. */
  number: string;
  issuedAt: Date;
  /** Nobody has compared it with a register: the paper says that it says what was stated. */
  asStated?: boolean;
  /** Who handed it in confirms it, not the office: the paper does not look like one of the office. */
  own?: boolean;
}

/** A paper that an office issues, and how anybody who holds it finds out that it is genuine. */
export interface OfficialData extends Omit<ConfirmationData, 'asStated' | 'own'> {
  /** The city's name as it stood on the paper when it was issued. */
  city: string;
  check: {
    /** In groups. */
    code: string;
    /** Opens the office's page with number and code; only in the QR code. */
    link: string;
    /** That page's address for people to type. */
    address: string;
  };
}

/** What a register of another authority answered, printed for the person who asked: not stored, and no certificate. */
export interface RegisterPrintData {
  language: Language;
  /** Who runs the terminal. */
  office: DocumentOffice;
  title: string;
  subtitle: string;
  /** What this paper is and what it is not. */
  notice: string;
  /** Who asked. */
  about: readonly LabelledValue[];
  /** The answer in large letters, and what it means. */
  result: LabelledValue & { texts: readonly string[] };
  entriesTitle: string;
  /** Said when there are no entries. */
  empty: string;
  entries: readonly { title: string; lines: readonly LabelledValue[] }[];
  notes: readonly { title: string; text: string }[];
  printedAt: Date;
}

/** A letter with a code for somebody to whose address it goes. German: nobody knows what they read. */
export interface LetterData {
  /** Who writes. */
  office: DocumentOffice;
  title: string;
  /** Lines of the address. */
  recipient: readonly string[];
  before: readonly string[];
  code: DocumentCode;
  after: readonly string[];
  writtenAt: Date;
}

/** A note for the visit to a staffed office, where a screen could not finish something. Names nobody. */
export interface TicketData {
  language: Language;
  /** Where to go. */
  office: DocumentOffice;
  /** What the person came for. */
  title: string;
  /** Why it has to be there. */
  paragraphs: readonly string[];
  /** Whether an appointment is needed, and where to get one. */
  appointment: string;
  /** When one can come without; empty with an appointment, and where nobody is sure of them. */
  hours: readonly string[];
  /** The same for the clerk to read, where the note is in another language. */
  german?: { title: string; paragraphs: readonly string[]; appointment: string } | undefined;
  printedAt: Date;
}
