/** Written by `node scripts/schemas.ts`. */

/** What the room "journey" can say. */
export interface Words {
  answers: {
    yes: string;
    no: string;
    confirmed: string;
    none: string;
    unlisted: string;
  };
  means: {
    label: string;
    letterTo: string;
    idCard: string;
    eidCard: string;
    residencePermit: string;
    eidas: string;
    elster: string;
    password: string;
    onlineId: string;
    other: string;
    letterCode: string;
  };
}
