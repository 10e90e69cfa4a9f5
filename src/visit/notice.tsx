import { type Child, Do, Go, LinkButton, layout, type Page, Say } from '#web';
import { words } from './words.ts';

/**
 * A page that says one thing and leads on: that something is not so, or over. Nothing on it warns, where nothing is wrong.
 * @param more what else helps, where there is anything
 */
export function noticePage(page: Page, title: string, text: string, more?: Child): string {
  const w = words(page.language);
  return layout(
    { ...page, title, page: 'notice', kind: 'notice' },
    <>
      <Say>
        <h1>{title}</h1>
        <p class="lead">{text}</p>
      </Say>
      {more !== undefined && <Do>{more}</Do>}
      <Go page={page}>
        <LinkButton href="/">{w.home}</LinkButton>
      </Go>
    </>,
  );
}
