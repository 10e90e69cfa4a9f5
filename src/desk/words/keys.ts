/** Written by `node scripts/schemas.ts`. */

/** What the room "desk" can say. */
export interface Words {
  states: {
    unpaid: string;
    new: string;
    working: string;
    waiting: string;
    done: string;
    rejected: string;
    withdrawn: string;
  };
  events: {
    submitted: string;
    taken: string;
    accepted: string;
    released: string;
    message: string;
    answer: string;
    note: string;
    moved: string;
    corrected: string;
    revoked: string;
    decided: string;
    closed: string;
    feeKept: string;
    withdrawn: string;
    guessing: string;
  };
  decisions: {
    done: string;
    rejected: string;
  };
  errors: {
    unreachable: string;
    refused: string;
    failed: string;
    restored: string;
    unknown: string;
  };
  ways: {
    card: string;
    page: string;
  };
  payments: {
    intended: string;
    pending: string;
    paid: string;
    reversed: string;
    unknown: string;
    failed: string;
  };
  refunds: {
    rejected: string;
    withdrawn: string;
    undecided: string;
    stray: string;
    twice: string;
  };
  refundEnds: {
    refunded: string;
    kept: string;
  };
  columns: {
    case: string;
    number: string;
    service: string;
    state: string;
    handler: string;
    site: string;
    received: string;
    age: string;
    reason: string;
    attempts: string;
    since: string;
    todo: string;
    receiver: string;
    waiting: string;
    oldest: string;
    nextTry: string;
    way: string;
    paidBy: string;
    amount: string;
    device: string;
    payments: string;
    paid: string;
    paidBack: string;
    sum: string;
    closing: string;
    byDevice: string;
    byLedger: string;
    difference: string;
    addressee: string;
    issued: string;
    validUntil: string;
    lastUsed: string;
    person: string;
    signedInSince: string;
    end: string;
    what: string;
    finding: string;
    terminal: string;
    code: string;
    signOff: string;
    day: string;
    areas: string;
    booked: string;
    places: string;
    load: string;
    stop: string;
    address: string;
    items: string;
    loaded: string;
  };
  dates: {
    age: (values: { days: number }) => string;
  };
  frame: {
    cases: string;
    tours: string;
    lookup: string;
    letterCodes: string;
    payments: string;
    terminals: string;
    state: string;
    sessions: string;
    alarms: string;
    lead: (values: { offices: string | number }) => string;
    providerAway: string;
    providerAwayText: (values: { until: string | number }) => string;
    notFound: string;
    notFoundText: string;
    toCases: string;
    print: string;
  };
  forms: {
    atMost: (values: { most: number }) => string;
    tooLong: (values: { count: number; most: number }) => string;
  };
  signIn: {
    title: string;
    lead: string;
    start: string;
    already: string;
    again: string;
    noAccess: string;
    noOffice: string;
    noRole: string;
    signedOut: string;
    signInAgain: string;
    signOutThere: string;
  };
  signInTitles: {
    away: string;
    setup: string;
    refused: string;
    unexpected: string;
    token: string;
    claims: string;
  };
  signInTexts: {
    away: string;
    setup: string;
    refused: string;
    unexpected: string;
    token: string;
    claims: string;
  };
  refused: {
    notSignedIn: string;
    notSignedInText: string;
    notDone: string;
    elsewhere: string;
    earlier: string;
    unreadable: string;
  };
  sessionsPage: {
    lead: string;
    end: string;
    own: string;
  };
  statePage: {
    wrong: (values: { count: number }) => string;
    looked: (values: { at: string | number }) => string;
    caption: string;
    well: string;
    none: string;
    soon: string;
    bad: string;
  };
  inbox: {
    tabs: string;
    search: string;
    searchLabel: string;
    slip: string;
    length: (values: { count: number }) => string;
    none: string;
    caption: (values: { tab: string | number }) => string;
    more: string;
    nobody: string;
    toNote: string;
    keysRows: string;
    keysOpen: string;
    keysSearch: string;
  };
  boxes: {
    new: string;
    noted: string;
    mine: string;
    working: string;
    waiting: string;
    done: string;
  };
  emptyBoxes: {
    new: string;
    noted: string;
    mine: string;
    working: string;
    waiting: string;
    done: string;
  };
  alarmsPage: {
    parked: string;
    noneParked: string;
    retry: string;
    late: string;
    noneLate: string;
    lateText: string;
    lateCaption: string;
    here: string;
    trying: string;
    guessing: string;
    noneGuessing: string;
    guessed: (values: { number: string | number; at: string | number }) => string;
    overdue: string;
    noneOverdue: string;
    overdueText: string;
    open: (values: { number: string | number; title: string | number; at: string | number }) => string;
  };
  authority: {
    there: (values: { authority: string | number }) => string;
    onItsWay: (values: { authority: string | number }) => string;
    caseThere: (values: { authority: string | number }) => string;
    caseOnItsWay: (values: { authority: string | number }) => string;
    was: (values: { authority: string | number }) => string;
    notYet: string;
    stuck: string;
    delivered: (values: { at: string | number }) => string;
    decidesThere: string;
  };
  case: {
    numbered: (values: { number: string | number }) => string;
    identity: string;
  };
  faster: {
    title: string;
    yourself: string;
    text: string;
    typed: string;
  };
  dayReport: {
    title: string;
    titled: (values: { day: string | number }) => string;
    caption: (values: { day: string | number }) => string;
    total: string;
    open: (values: { count: number }) => string;
    closings: string;
    noDifference: string;
    days: string;
    dayBefore: string;
    dayAfter: string;
    nothing: string;
  };
  lookup: {
    title: string;
    hint: string;
    look: string;
    impossible: string;
    unknown: string;
    unknownText: string;
    valid: (values: { days: number }) => string;
    rejected: string;
    withdrawn: string;
    submitted: (values: { at: string | number }) => string;
    submittedValid: (values: { at: string | number; day: string | number }) => string;
  };
  lookupSlips: {
    missing: string;
    length: (values: { count: number }) => string;
    lookAlike: string;
    slip: string;
  };
}
