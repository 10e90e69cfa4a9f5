/** Written by `node scripts/schemas.ts`. */

/** What the room "http" can say. */
export interface Words {
  errors: {
    unreadable: string;
    status_403: string;
    status_404: string;
    status_408: string;
    status_413: string;
    status_421: string;
    status_429: string;
    status_431: string;
    ours: (values: { phone: string | number }) => string;
    status_503: (values: { phone: string | number }) => string;
  };
  again: {
    start: string;
    loads: string;
    load: string;
    kept: string;
    file: string;
    fileLabel: string;
    send: string;
  };
  desk: {
    unreadable: string;
    status_403: string;
    status_404: string;
    status_413: string;
    ours: string;
    status_503: string;
    start: string;
  };
}
