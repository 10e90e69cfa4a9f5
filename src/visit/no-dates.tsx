import type { Language } from '#language';
import { EmptyState, type Html } from '#web';
import { words } from './words.ts';

/** No date is left to choose. */
export function NoDates(props: { language: Language }): Html {
  const w = words(props.language);
  return (
    <EmptyState pictogram="calendar" title={w.noSlots}>
      <p>{w.noSlotsText}</p>
    </EmptyState>
  );
}
