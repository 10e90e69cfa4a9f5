/** Which pictures a terminal's page shows: a phone may send another one while its person reads, and nobody goes on with one unseen. */
import type { FormFields } from '#journey';
import type { FileAnswer } from '#service';
import { markOf, own } from '#visit';
import type { Html } from '#web';
import { asksForFiles, filesOf } from './kept-files.ts';
import type { At } from './kinds/kind.ts';

const FIELD = '_pictures';

const pictureMark = (id: string, file: FileAnswer | undefined): string => markOf([id, file?.file ?? '']);

/** Says in the page's form what it shows. @returns nothing where no phone sends anything */
export function PicturesShown({ at: { c, here } }: { at: At }): Html | null {
  if (!c.get('terminal')) return null;
  const kept = filesOf(here.page, here.draft.answers);
  return (
    <>
      {asksForFiles(here.page).map(({ id }) => (
        <input type="hidden" name={FIELD} value={pictureMark(id, own(kept, id))} />
      ))}
    </>
  );
}

/**
 * @param action the button: it goes on with all that is there, or takes one away
 * @returns the question of a document that the page did not show when it was sent
 */
export function unseenPicture({ c, here }: At, action: string, fields: FormFields): string | undefined {
  if (!c.get('terminal')) return undefined;
  const kept = filesOf(here.page, here.draft.answers);
  const isMeant = (id: string): boolean =>
    action === 'next' || (action === `drop:${id}` && own(kept, id) !== undefined);
  const isShown = (id: string): boolean => fields[FIELD]?.includes(pictureMark(id, own(kept, id))) ?? false;
  return asksForFiles(here.page).find(({ id }) => isMeant(id) && !isShown(id))?.id;
}
