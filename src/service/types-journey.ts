import type { Answer } from '#kinds';
import type { Language } from '#language';
import type { IsoDate } from '#time';

/** An example journey: somebody's answers page by page, and what must come out. */
export interface ExampleJourney {
  id: string;
  title: string;
  language: Language;
  /** The civil date it is played on, unless the runner gives another. */
  today: IsoDate | undefined;
  /** What the same household did before. */
  after: readonly ExampleJourney[];
  steps: readonly JourneyStep[];
  expect: JourneyExpectation;
}

export interface JourneyStep {
  page: string;
  /** Form fields as a browser would send them; `slot: first-free` and `file: sample.pdf` are resolved by the player. */
  fill: Readonly<Record<string, string | readonly string[]>>;
  /** Errors this step must meet, by field, before the next step; the page is then shown again. */
  errors: Readonly<Record<string, string>>;
  /** identify pages: who signs in (a test person), or `without` where the page allows it. */
  identify?: string | undefined;
  /** device pages: the card on the reader, what is typed there screen by screen, and how it must end. */
  device?: { card: string; type: readonly string[]; outcome: string } | undefined;
}

export interface JourneyExpectation {
  /** Handed in; a register's answer seen; at a finish page; or somewhere on the way. */
  outcome: 'submitted' | 'answered' | 'finished' | 'stopped';
  /** finished only: which finish page. */
  at?: string | undefined;
  /** What is to be paid, euro cents, and how it is paid. */
  fee?: number | undefined;
  pay?: 'card' | 'page' | undefined;
  /** Answers and computed values that must stand in the submission. */
  submission: Readonly<Record<string, Answer>>;
  /** Pages that must not be part of the way. */
  without: readonly string[];
  /** Lines of what happens next that are said, counted from 1. */
  next?: readonly number[] | undefined;
}
