import { Actions, EmptyState, LinkButton, layout, type Page } from '#web';
import { words } from './words.ts';

/** A page that says one thing went wrong and how to go on. */
export function noticePage(page: Page, title: string, text: string): string {
  const w = words(page.language);
  return layout(
    { ...page, title, page: 'notice' },
    <EmptyState pictogram="info" title={title}>
      <p class="lead">{text}</p>
      <Actions>
        <LinkButton href="/">{w.home}</LinkButton>
      </Actions>
    </EmptyState>,
  );
}
