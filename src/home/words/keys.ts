/** Written by `node scripts/schemas.ts`. */

/** What the room "home" can say. */
export interface Words {
  home: {
    homeTitle: string;
    homeLead: string;
    searchHint: (values: { examples: string | number }) => string;
    searchHintAlone: string;
    searchExamples: string;
    searchButton: string;
    searchTitle: (values: { query: string | number }) => string;
    searchNothing: string;
    searchNothingHelp: (values: { phone: string | number }) => string;
    allServices: string;
    statusTile: string;
    start: string;
    goOn: string;
    restart: string;
    begunTitle: string;
    begunText: string;
    payingTitle: string;
    payingText: string;
    sentTitle: (values: { number: string | number }) => string;
    sentLook: string;
    needsTitle: string;
    needLetter: string;
    lawTitle: string;
    whereTitle: string;
    partlyTitle: string;
    partlyText: string;
    notHereYet: string;
    closedTitle: string;
    closedOpens: (values: { day: string | number; time: string | number }) => string;
    closedAll: string;
    closedBut: (values: { titles: string | number }) => string;
    closedPart: string;
    helpTitle: string;
    helpPhone: (values: { phone: string | number }) => string;
    helpPhoneText: string;
    helpOffice: string;
    helpOfficeText: string;
    helpScreen: string;
    helpScreenText: string;
    helpScreenReach: string;
  };
  legal: {
    imprint: string;
    operator: string;
    address: string;
    contact: string;
    privacy: string;
    controller: string;
    officer: string;
    authority: string;
    accessibility: string;
    accessTitle: string;
    access: (values: { law: string | number }) => string;
    barriersTitle: string;
    barriers: string;
    checked: (values: { day: string | number }) => string;
    tellTitle: string;
    tell: string;
    enforcementTitle: string;
    enforcement: string;
    visitTitle: string;
    visit: string;
    sentTitle: string;
    sent: string;
    keptTitle: string;
    closed: (values: { period: string | number }) => string;
    delivered: (values: { period: string | number }) => string;
    keptText: string;
    basis: (values: { law: string | number }) => string;
    rightsTitle: string;
    rights: string;
  };
}
