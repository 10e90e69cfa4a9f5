/** What the desk says of a case that another authority decides. */
import { type CaseView, isClosed } from '#cases';
import { Alert, type Html } from '#web';
import { shortInstant } from './dates.ts';

/** Where a case is that another authority decides. */
export type Delivered = 'onItsWay' | 'stuck' | 'there';

/** @returns where the case is, as a word before the authority's name */
export function placeWord(delivered: boolean): string {
  return delivered ? 'liegt bei' : 'geht an';
}

/** Says who decides where this office does not, and whether it has the case yet. */
export function AuthorityNote({ view, delivered }: { view: CaseView; delivered: Delivered }): Html | null {
  const { authority, deliveredAt } = view;
  if (authority === undefined) return null;
  const texts = {
    onItsWay: 'Noch nicht zugestellt. Amtomat versucht es weiter, bis es gelingt.',
    stuck:
      'Nicht zugestellt: Die Zustellung steht still. Die Leitung kann sie unter „Hinweise“ neu beginnen.',
    there: deliveredAt ? `Zugestellt am ${shortInstant(deliveredAt)}.` : '',
  };
  const closed = isClosed(view.state);
  return (
    <Alert
      tone={!closed && delivered === 'stuck' ? 'warning' : 'info'}
      title={
        closed
          ? `Zuständig war: ${authority}`
          : `Dieser Vorgang ${placeWord(delivered === 'there')}: ${authority}`
      }
    >
      {!(closed && delivered !== 'there') && <p>{texts[delivered]}</p>}
      {!closed && <p>Nur dort wird entschieden. Hier können Sie lesen und Vermerke schreiben.</p>}
    </Alert>
  );
}
