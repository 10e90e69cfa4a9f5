/** Written by `node scripts/schemas.ts`. */

/** What the room "status" can say. */
export interface Words {
  status: {
    statusTitle: string;
    statusLead: string;
    statusNumber: string;
    statusNumberHelp: string;
    statusCode: string;
    statusCodeHelp: string;
    statusOpen: string;
    errorWrong: string;
    errorSlowed: (values: { wait: string | number }) => string;
    statusSince: string;
    statusDate: string;
    receiptSince: (values: { day: string | number }) => string;
    statusHistory: string;
    statusOfficeWrites: (values: { phone: string | number }) => string;
    statusAnswerTitle: string;
    statusAnswerLabel: string;
    statusAnswerFile: string;
    statusAnswerAnother: string;
    statusRanOut: string;
    statusAgain: string;
    statusTextKept: string;
    statusFilesLost: string;
    statusAnswerSend: string;
    statusMove: string;
    statusMoveTitle: string;
    statusMoveNow: (values: { date: string | number }) => string;
    statusMoveSend: string;
    statusMoveUntil: (values: { day: string | number; time: string | number; cancel: string }) => string;
    statusTooLate: (values: { phone: string | number }) => string;
    statusMoveLost: string;
    statusMoveNone: string;
    statusMovedTo: (values: { day: string | number }) => string;
    answeredNow: string;
    movedNow: string;
    withdrawnNow: string;
    errorSure: string;
    errorAnswerRequired: string;
    errorTitle: string;
    errorUnpaid: string;
    missing: (values: { count: number }) => string;
    askAuthorityTitle: string;
    askAuthority: (values: { name: string | number; phone: string | number }) => string;
    withdrawNoMore: (values: { name: string | number }) => string;
    errorNotWithdrawn: string;
    errorNotMoved: string;
    errorNotAnswered: string;
    errorFull: (values: { phone: string | number }) => string;
    errorOver: (values: { phone: string | number }) => string;
    errorNotHere: (values: { phone: string | number }) => string;
    errorRanOut: string;
    goneTitle: string;
    goneText: (values: { day: string | number }) => string;
    goneHelp: (values: { phone: string | number }) => string;
  };
  genuine: {
    title: string;
    lead: string;
    number: string;
    numberHelp: string;
    code: string;
    codeHelp: string;
    check: string;
    slipTitle: string;
    errorTitle: string;
    errorUnknown: string;
    errorSlowed: (values: { wait: string | number }) => string;
    genuine: string;
    issued: (values: { date: string | number; office: string | number }) => string;
    compare: string;
    deleted: string;
    deletedText: (values: { issued: string | number; deleted: string | number }) => string;
    revoked: string;
    revokedText: (values: { issued: string | number; revoked: string | number }) => string;
    another: string;
  };
  withdraw: {
    title: string;
    final: string;
    date: (values: { day: string | number }) => string;
    paid: (values: { sum: string | number }) => string;
    sure: string;
    send: string;
  };
}
