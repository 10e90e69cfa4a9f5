import { type Child, Go, layout, type Page, Say } from '#web';
import { words } from './words.ts';

/**
 * No date is left to choose.
 * @param gone one that was chosen before is not there any more
 * @param stays what stays as it is
 */
export function noDatesPage(page: Page, gone: boolean, stays?: Child): string {
  const w = words(page.language);
  return layout(
    { ...page, kind: 'notice' },
    <>
      <Say>
        <h1>{w.noSlots}</h1>
        {gone && (
          <p role="status" class="lead">
            {w.noSlotsGone}
          </p>
        )}
        {stays}
        <p>{w.noSlotsText(page)}</p>
      </Say>
      <Go page={page} />
    </>,
  );
}
