/** Written by `node scripts/schemas.ts`. */

/** What the room "journey" can say. */
export interface Words {
  means: {
    label: string;
    letterTo: string;
    own: string;
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
  desk: {
    future: string;
  };
}
