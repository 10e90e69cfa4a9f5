/** Written by `node scripts/schemas.ts`. */

/** What the room "visit" can say. */
export interface Words {
  visit: {
    hours: string;
    portal: string;
    portalHint: string;
    hotline: string;
    hotlineText: string;
    home: string;
    noSlots: string;
    noSlotsText: string;
    anotherService: string;
    endVisit: string;
    farewellTitle: string;
    farewellOver: string;
    leftSent: string;
    leftUnpaid: string;
    leftWatched: string;
    leftUnclear: string;
    leftEarlier: string;
    leftDropped: string;
    leftNothing: string;
    farewellText: string;
    farewellNext: string;
    farewellStart: string;
    startsAgain: string;
    handoverTitle: string;
    handoverText: string;
    handoverOnce: (values: { minutes: number }) => string;
    handoverBack: string;
    handoverScanned: string;
    handoverTakeTitle: string;
    handoverTakeText: string;
    handoverTake: string;
    handoverGoneTitle: string;
    handoverGoneText: string;
    handoverTakenTitle: string;
    handoverTakenText: string;
    handoverOverTitle: string;
    handoverOverText: string;
    foreignTitle: string;
    foreignText: string;
    notFoundTitle: string;
    notFoundText: string;
    weekdays: string;
  };
  slips: {
    on_receipt: string;
    on_paper: string;
    on_letter: string;
    on_desk: string;
    beside_receipt: string;
    beside_paper: string;
    beside_letter: string;
    beside_desk: string;
    numberMissing: (values: { on: string | number }) => string;
    numberLength: (values: { count: number; on: string | number }) => string;
    numberSlip: (values: { beside: string | number }) => string;
    codeMissing: (values: { on: string | number }) => string;
    codeLength: (values: { count: number; on: string | number }) => string;
    codeLookAlike: (values: { beside: string | number }) => string;
    codeSlip: (values: { beside: string | number }) => string;
  };
  share: {
    title: string;
    begun: string;
    sent: string;
    openedTitle: string;
    opened: string;
    when: (values: { time: string | number }) => string;
    help: string;
    helpHome: string;
    back: string;
  };
  terminal: {
    title: string;
    lead: string;
    code: string;
    codeHelp: string;
    send: string;
    errorTitle: string;
    wrong: string;
    expired: string;
    used: string;
    slowed: (values: { wait: string | number }) => string;
    doneTitle: string;
    doneText: (values: { terminal: string | number; site: string | number }) => string;
    doneWrong: string;
    lostTitle: string;
    lostOthers: string;
    lostOwn: string;
    lostStaff: string;
  };
  renewed: {
    title: string;
    text: string;
  };
  ranOut: {
    title: string;
    text: string;
    notSent: string;
    lost: (values: { title: string | number }) => string;
    rest: string;
    someone: string;
    none: string;
    ended: string;
    nothing: string;
    noCookie: string;
    again: string;
    home: string;
  };
  appointment: {
    needed: string;
    book: (values: { phone: string | number }) => string;
    bookOnline: (values: { phone: string | number; site: string | number }) => string;
    none: string;
    express: (values: { counter: string | number }) => string;
    short: (values: { counter: string | number }) => string;
    rest: string;
  };
}
