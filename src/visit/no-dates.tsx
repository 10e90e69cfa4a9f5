import { EmptyState, type Html, type Page } from '#web';
import { words } from './words.ts';

/** No date is left to choose. */
export function NoDates(props: { page: Pick<Page, 'language' | 'phone'> }): Html {
  const w = words(props.page.language);
  return (
    <EmptyState pictogram="calendar" title={w.noSlots}>
      <p>{w.noSlotsText(props.page)}</p>
    </EmptyState>
  );
}
