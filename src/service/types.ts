/**
 * What a compiled service is. Rooms that render, play, store or show a service know it only through these types;
 * nobody but the compiler knows how the YAML looked.
 */
import type { CompiledQuestion, Condition, Scope } from '#kinds';
import type { Language } from '#language';
import type { IdentityLevel, Means } from './means.ts';
import type { ExampleJourney } from './types-journey.ts';

export type * from './types-journey.ts';

/** The kinds of pages a definition may name; what holds for each of them stands in `page-kinds.ts`. */
export const PAGE_KINDS = [
  'information',
  'questions',
  'slot',
  'upload',
  /** Who the person is: the ways that reach the level, and what was read. */
  'identify',
  /** Something a device of the terminal does. */
  'device',
  /** The authority's own online service opens; its questions ask how that went. */
  'portal',
  /** An ending: what was said is checked and handed in, or a register is asked. */
  'review',
  /** An ending: what was done or what to do next, with an office to go to where there is one. Nothing is stored. */
  'finish',
] as const;
export type PageKind = (typeof PAGE_KINDS)[number];

/**
 * What people need who are sent to an office: an appointment, no appointment at the counter for matters of a few
 * minutes (`express`), or no appointment at all.
 */
export const APPOINTMENTS = ['needed', 'express', 'none'] as const;
export type Appointment = (typeof APPOINTMENTS)[number];

/**
 * How a service ends: as a case for an office, with the answer of a register, at a device, at the authority's own
 * portal, at an appointment, or with information.
 */
export type Fulfilment = 'case' | 'register' | 'device' | 'portal' | 'appointment' | 'information';

/** What an identify page asks for. */
export interface IdentifyRule {
  level: Exclude<IdentityLevel, 'none'>;
  /** The means that are lawful; undefined: whatever reaches the level. */
  means: readonly Means[] | undefined;
  /** Without an identification people may type what the ID would tell, or are sent to the ending that follows, or neither. */
  otherwise: 'typed' | 'ending' | undefined;
  /** A code by letter will do as well; the questions, on later pages, whose fields the letter's name and address fill in. */
  letterCode?: LetterCodeRule | undefined;
}

/** Where what the office wrote on a letter stands in a service: ids of questions. */
export interface LetterCodeRule {
  name: string;
  address: string;
}

export interface CompiledPage {
  id: string;
  kind: PageKind;
  /** Position in the definition, from 0. */
  index: number;
  when: Condition | undefined;
  questions: readonly CompiledQuestion[];
  /** Pictogram shown beside the title, or explaining an information page. */
  pictogram: string | undefined;
  /** information only: lists shown as picture and word, by text key. */
  gallery: readonly { id: string; pictogram: string; tone: 'yes' | 'no' | 'plain' }[];
  /** identify only: what is needed, and what becomes of people without it. */
  identify?: IdentifyRule | undefined;
  /** device only: which, and the question whose answer says what it shall do. */
  device?: { id: string; modeFrom: string } | undefined;
  /** portal only: its id in the city's data. */
  portal?: string | undefined;
  /** finish only: the office people are sent to, by its id in the city's data; they get a ticket. */
  office?: string | undefined;
  /** finish with an office only: whether people need an appointment there. */
  appointment?: Appointment | undefined;
}

/** A value worked out from answers, usable in conditions after its inputs and shown in review where it has a label. */
export interface Computed {
  id: string;
  type: 'number' | 'text' | 'bool' | 'date';
  unit: string | undefined;
  /** A number that is shown without separators. */
  plain: boolean;
  /** The page whose answers complete it; it exists from there on. */
  after: string;
  /** @returns undefined while an answer it needs is missing */
  value(scope: Scope): number | string | boolean | undefined;
}

export interface Retention {
  start: 'closed' | 'delivered';
  days: number;
  legalBasis: string;
}

/** How often a household or person may use the service. Checked on the page named and again when handing in. */
export interface Entitlement {
  page: string;
  /** Answers that together name the holder; only their keyed hash is stored. */
  holder: readonly string[];
  period: 'year';
  /** Which answer distinguishes separate allowances (bulky or white goods), if any. */
  scopeFrom: string | undefined;
  /** Allowance by scope value; key `*` when there is no scope. */
  limits: Readonly<Record<string, number>>;
  /**
   * Under this name the office says on the page whether the allowance is `free` or `used`, and pages can ask on.
   * Without it, nobody goes on whose allowance is used.
   */
  answer: string | undefined;
  /** With `answer`: what names the holder where the allowance is used. Where that is used as well or not said, the office decides. */
  further: readonly string[] | undefined;
}

/** What the office says of an allowance. */
export const ALLOWANCE = ['free', 'used'] as const;

/** What the citizen holds at the end beside the receipt. */
export interface ResultDefinition {
  /** A code the authority can look up (Zuordnungsmerkmal), valid so many days. */
  code: { id: string; days: number } | undefined;
  /** A document made from the submission, at once or when the office has decided: which answers stand in it, in order. */
  document: { id: string; fields: readonly string[]; decided: boolean } | undefined;
  /** A calendar entry for the slot of this question. */
  calendar: { slot: string; starts: string; ends: string; dayOffset: number } | undefined;
  /** One for each line of the texts' `result.next`; none where all lines are for everybody. */
  next: readonly NextStep[];
}

/** A step of what happens next. */
export interface NextStep {
  /** For whom; undefined: for everybody. */
  when: Condition | undefined;
  /** On which day: so many days after what this question or computed date says. */
  day: { of: string; days: number } | undefined;
}

export interface Fee {
  /** Euro cents, of one piece. 0 is free. */
  cents: number;
  legalBasis: string | undefined;
  /** A number question: the fee is due as often. */
  each: string | undefined;
  /** Euro cents of every piece after the first; undefined: as much as the first. */
  further: number | undefined;
  /** Who pays nothing; the first whose condition holds counts. */
  exemptions: readonly { id: string; when: Condition; legalBasis: string }[];
}

/** What somebody's answers cost. */
export interface FeeDue {
  /** Euro cents in all. */
  cents: number;
  /** How many pieces, and what one costs without an exemption. */
  count: number;
  eachCents: number;
  /** What every piece after the first costs. */
  furtherCents: number;
  /** Why nothing is to be paid, where there is a reason. */
  exemption: string | undefined;
}

/** Where a case goes: the office's own desk, or an authority by FIT-Connect. */
export type DeliveryWay =
  | { channel: 'desk' }
  /** `authority` as the office's connections call it, `name` as people do. */
  | { channel: 'fit-connect'; authority: string; name: string };

/** A way to get the service when it is not (only) done here. */
export interface Place {
  kind: 'office' | 'phone' | 'portal';
  /** Office id in the city's data, phone number, or https address. */
  ref: string;
}

export interface PageTexts {
  title: string;
  text: string | undefined;
  gallery: Readonly<Record<string, string>>;
}

export interface QuestionTexts {
  label: string;
  help: string | undefined;
  options: Readonly<Record<string, string>>;
  optionHelp: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string>>;
  /** group only: what one entry is called ("Person"), and the button to add one. */
  entry: string | undefined;
  /** group only: what to do about more, said beside as many entries as there may be. */
  full: string | undefined;
  add: string | undefined;
}

/** Everything a service says in one language. Texts may hold `{name}` of answers and computed values. */
export interface ServiceTexts {
  title: string;
  /** One plain sentence on the tile. */
  summary: string;
  /** What it costs, in words. */
  cost: string;
  /** How long it takes, in words. */
  duration: string;
  /** What one needs at hand, as a list. */
  needs: readonly string[];
  /** What it is and what to know, as paragraphs. */
  about: readonly string[];
  /** Everyday words people search for. */
  keywords: readonly string[];
  /** By section. */
  sections: Readonly<Record<string, string>>;
  pages: Readonly<Record<string, PageTexts>>;
  /** By question id; questions inside a group by `group.question`. */
  questions: Readonly<Record<string, QuestionTexts>>;
  computed: Readonly<Record<string, string>>;
  /** The result page: headline, what happens next as steps, and names of document and code. */
  result: {
    title: string;
    next: readonly string[];
    document: string | undefined;
    documentText: string | undefined;
    /** What fields of the document are called there, where that is not their question's label. */
    labels: Readonly<Record<string, string>>;
    code: string | undefined;
    codeHelp: string | undefined;
    calendar: string | undefined;
    /** What is said instead until the office has decided on a case beyond an allowance; `state` on the status page. */
    undecided:
      | { title: string; next: readonly string[]; state: string; calendar?: string | undefined }
      | undefined;
  };
  /** What the status page says in each state; keys are case states. */
  states: Readonly<Record<string, string>>;
  /** What is paid for, and why somebody pays nothing, by exemption; and what happens next to who has `paid`, or is `free` by one. */
  fee:
    | {
        item: string;
        exemptions: Readonly<Record<string, string>>;
        paid: string | undefined;
        free: Readonly<Record<string, string>>;
      }
    | undefined;
  /** Where the authority's own portal takes over: whose it is, what it asks for, what comes afterwards. */
  portal: { needs: readonly string[]; duration: string; post: string } | undefined;
}

/** A part of the way through a service, which people read the name of. */
export interface Section {
  id: string;
  /** Its first page, or {@link PAYING}. */
  from: string;
}

/** Where a section begins that is no page of the definition: where one pays. */
export const PAYING = 'pay';

export interface CompiledService {
  slug: string;
  version: number;
  leika: string | undefined;
  office: string;
  legalBasis: readonly string[];
  identity: IdentityLevel;
  fee: Fee;
  minutes: number;
  pictogram: string;
  fulfilment: Fulfilment;
  places: readonly Place[];
  retention: Retention | undefined;
  /** Calendar days in which the office means to have dealt with a case. */
  dueDays: number;
  delivery: DeliveryWay;
  /** register only: which register is asked. */
  register: string | undefined;
  /** The authority's own portal, by its id in the city's data, where a city may send people instead. */
  portal: { id: string; lawful: boolean } | undefined;
  /** The way through the pages, in a few names; none where the way is short. Each begins at a page, or at paying. */
  sections: readonly Section[];
  pages: readonly CompiledPage[];
  /** Top-level questions by id. */
  questions: ReadonlyMap<string, CompiledQuestion>;
  computed: readonly Computed[];
  entitlement: Entitlement | undefined;
  result: ResultDefinition;
  /** How a clerk can decide: ids with texts under `states`. */
  decisions: readonly string[];
  texts: Readonly<Record<Language, ServiceTexts>>;
  /** Languages in which a machine has said some of it, and no person has approved that. */
  unapproved?: readonly Language[];
  /** Languages in which some of what is read is German. */
  partly?: readonly Language[];
  /** Languages in which everything that it asks, and that somebody declares, is German. */
  foreign?: readonly Language[];
  journeys: readonly ExampleJourney[];
  /** JSON Schema 2020-12 of what another authority receives. */
  submissionSchema: Readonly<Record<string, unknown>>;
}
