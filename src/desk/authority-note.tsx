/** What the desk says of a case that another authority decides. */
import { type CaseView, isClosed } from '#cases';
import { Alert, type Html } from '#web';
import { shortInstant } from './dates.ts';
import { said } from './words.ts';

const WORDS = said('authority');

/** Where a case is that another authority decides. */
export type Delivered = 'onItsWay' | 'stuck' | 'there';

/** @returns where the case is, as a list of cases says it */
export function placeWord(authority: string, delivered: boolean): string {
  return delivered ? WORDS.there({ authority }) : WORDS.onItsWay({ authority });
}

/** Says who decides where this office does not, and whether it has the case yet. */
export function AuthorityNote({ view, delivered }: { view: CaseView; delivered: Delivered }): Html | null {
  const { authority, deliveredAt } = view;
  if (authority === undefined) return null;
  const texts = {
    onItsWay: WORDS.notYet,
    stuck: WORDS.stuck,
    there: deliveredAt ? WORDS.delivered({ at: shortInstant(deliveredAt) }) : '',
  };
  const closed = isClosed(view.state);
  return (
    <Alert
      tone={!closed && delivered === 'stuck' ? 'warning' : 'info'}
      title={
        closed
          ? WORDS.was({ authority })
          : delivered === 'there'
            ? WORDS.caseThere({ authority })
            : WORDS.caseOnItsWay({ authority })
      }
    >
      {!(closed && delivered !== 'there') && <p>{texts[delivered]}</p>}
      {!closed && <p>{WORDS.decidesThere}</p>}
    </Alert>
  );
}
