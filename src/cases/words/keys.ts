/** Written by `node scripts/schemas.ts`. */

/** What the room "cases" can say. */
export interface Words {
  desk: {
    beyondAllowance: string;
  };
}
