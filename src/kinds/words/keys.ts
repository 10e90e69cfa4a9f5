/** Written by `node scripts/schemas.ts`. */

/** What the room "kinds" can say. */
export interface Words {
  answers: {
    yes: string;
    no: string;
    confirmed: string;
    none: string;
    unlisted: string;
    bankCode: (values: { code: string | number }) => string;
  };
}
