/** Written by `node scripts/schemas.ts`. */

/** What the room "documents" can say. */
export interface Words {
  papers: {
    receipt: string;
    received: (values: { date: string | number; time: string | number }) => string;
    number: string;
    accessCode: string;
    keep: string;
    date: string;
    paid: string;
    scan: string;
    qrAlt: string;
    typed: string;
    next: string;
    said: string;
    office: string;
    issued: (values: { date: string | number }) => string;
    handedIn: (values: { date: string | number }) => string;
    printed: (values: { date: string | number; time: string | number }) => string;
    printedBy: string;
    caseNumber: string;
    asStated: string;
    check: string;
    checkText: string;
    checkCode: string;
    checkAlt: string;
    ticket: string;
    machine: string;
    german: string;
    hours: string;
    page: string;
    of: string;
  };
}
