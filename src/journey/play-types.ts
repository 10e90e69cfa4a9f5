import type { CompiledQuestion, FormFields, Reference, SlotAnswer } from '#kinds';
import type { CompiledService } from '#service';
import type { Moment } from '#time';
import type { Identified, Progress, Submission, Walk } from './types.ts';

/** @returns the slot that `first-free` stands for, or undefined when none is free */
export type PlaySlots = (question: CompiledQuestion, walked: Walk) => SlotAnswer | undefined;

/** @returns the test person of that name as an identification would tell it (attributes not asked for included) */
export type PlayPeople = (person: string) => Identified | undefined;

/** Why a journey does not play; `path` is the place in its file. */
export interface PlayProblem {
  path: readonly (string | number)[];
  message: string;
}

export interface PlayResult {
  problem: PlayProblem | undefined;
  walked: Walk;
  /** What would be handed in, when the journey gets that far. */
  submission: Submission | undefined;
  /** Progress at the end. */
  progress: Progress;
}

/** A journey that is being played. */
export interface Play {
  service: CompiledService;
  moment: Moment;
  reference: Reference;
  slots: PlaySlots;
  people: PlayPeople;
  progress: Progress;
  /** How often the household has been here before. */
  earlier: number;
  /** What was typed into a page that is shown again with errors. */
  typed: { page: string; fields: FormFields } | undefined;
}
