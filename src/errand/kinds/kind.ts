import type { FieldError, FormFields } from '#journey';
import type { CitizenContext } from '#visit';
import type { ErrandDeps } from '../deps.ts';
import type { AskedPage, Here } from '../standing.ts';

/** How a page is shown: what stands in its fields, what was wrong, and which entry of a group is open. */
export interface View {
  fields: FormFields | undefined;
  errors: readonly FieldError[];
  entry: number | undefined;
}

/** Somebody's request to a page that they may be on. */
export interface At {
  c: CitizenContext;
  deps: ErrandDeps;
  here: Here;
}

/** @returns a page as a whole document */
export type Show = (at: At, view: View) => string | Promise<string>;

type Handler = (at: At) => Response | Promise<Response>;

/**
 * A kind of page: all that people see of it and do there. What a definition says of it, and what completes it, is its
 * entry in `PAGE_RULES`, where the compiler and the walk look. What a kind needs of the world outside it asks `deps` for.
 */
export interface KindOfPage {
  show: Show;
  /**
   * Looks at its form before it matters where its person stands.
   * @returns the way on where what the form wants is so already
   */
  before(at: Omit<At, 'here'> & { asked: AskedPage }): Promise<Response | undefined>;
  /** Takes its form. @param show shows the page once more, where it cannot be taken */
  take(at: At, show: Show): Promise<Response>;
  /** Addresses under its own, by their last part. */
  below: Readonly<Record<string, { get?: Handler; post?: Handler }>>;
}

/** For kinds whose form is looked at where its person stands, and that have no addresses under their own. */
export const ORDINARY = { before: async () => undefined, below: {} } satisfies Partial<KindOfPage>;
