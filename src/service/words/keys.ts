/** Written by `node scripts/schemas.ts`. */

/** What the room "service" can say. */
export interface Words {
  portal: {
    leave: string;
    leaveText: string;
    went: string;
    done: string;
    open: string;
    openText: (values: { phone: string | number }) => string;
    went_done: string;
    went_later: string;
    went_problem: string;
  };
  cost: {
    free: string;
  };
}
