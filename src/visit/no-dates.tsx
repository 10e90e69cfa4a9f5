import { type Child, EmptyState, type Html, type Page } from '#web';
import { words } from './words.ts';

/**
 * No date is left to choose.
 * @param props.gone one that was chosen before is not there any more
 * @param props.children what stays as it is
 */
export function NoDates(props: {
  page: Pick<Page, 'language' | 'phone'>;
  gone: boolean;
  children?: Child;
}): Html {
  const w = words(props.page.language);
  return (
    <EmptyState pictogram="calendar" title={w.noSlots}>
      {props.gone && (
        <p role="status" class="lead">
          {w.noSlotsGone}
        </p>
      )}
      {props.children}
      <p>{w.noSlotsText(props.page)}</p>
    </EmptyState>
  );
}
