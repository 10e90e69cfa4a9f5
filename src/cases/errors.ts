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

/** Somebody else changed the case since the page was shown. */
export class VersionConflictError extends Error {
  constructor() {
    super('the case was changed by somebody else');
    this.name = 'VersionConflictError';
  }
}
