import type { BrokenRule, FieldError } from '#journey';

/** There is no such case, or none that this person may touch; which of the two is not said. */
export class CaseNotFoundError extends Error {
  constructor() {
    super('no such case');
    this.name = 'CaseNotFoundError';
  }
}

/** What was asked for cannot happen in the state the case is in (any more). */
export class TransitionError extends Error {
  constructor() {
    super('not possible in this state');
    this.name = 'TransitionError';
  }
}

/** So much has been added to the case by its citizen that nothing more is taken here. */
export class CaseFullError extends Error {
  constructor() {
    super('the case takes nothing more from its citizen');
    this.name = 'CaseFullError';
  }
}

/** The office issues a paper with its decision, and nobody has said that its lines were compared with the register. */
export class NotComparedError extends Error {
  constructor() {
    super('the paper was not compared with the register');
    this.name = 'NotComparedError';
  }
}

/** The booked day has not come, and nobody has confirmed that the matter is done all the same. */
export class BeforeDateError extends Error {
  constructor() {
    super('the booked day has not come');
    this.name = 'BeforeDateError';
  }
}

/** What was written for a paper is wrong, or nothing was written anew. */
export class PaperLinesError extends Error {
  /** Empty, with no rules either: nothing was changed. */
  readonly errors: readonly FieldError[];
  /** What cannot be, or has to be confirmed. */
  readonly rules: readonly BrokenRule[];

  constructor(errors: readonly FieldError[], rules: readonly BrokenRule[] = []) {
    super('lines of the paper are wrong');
    this.name = 'PaperLinesError';
    this.errors = errors;
    this.rules = rules;
  }
}

/** Somebody else changed the case since the page was shown. */
export class VersionConflictError extends Error {
  constructor() {
    super('the case was changed by somebody else');
    this.name = 'VersionConflictError';
  }
}
