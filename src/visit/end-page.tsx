import { Button, Hidden, LayerActions, LayerPage, LinkButton, type Page } from '#web';
import { words } from './words.ts';

/** The field that says that somebody was asked whether they want to end their visit. */
export const SURE = '_sure';

/**
 * Asked before the end of a visit takes away what was not handed in: staying is the step that is offered.
 * @param back the page from which somebody wanted to leave
 */
export function endAskPage(page: Page, back: string): string {
  const w = words(page.language);
  return LayerPage(
    { ...page, title: w.endAskTitle, page: 'end', quiet: true },
    'ask',
    <>
      <h1>{w.endAskTitle}</h1>
      <p>{w.endAskText}</p>
      <LayerActions>
        <LinkButton href={back} close>
          {w.endAskStay}
        </LinkButton>
        <form method="post" action="/visit/end">
          <Hidden csrf={page.csrf} back={back} />
          <Button kind="secondary" name={SURE} value="yes">
            {w.endAskLeave}
          </Button>
        </form>
      </LayerActions>
    </>,
  );
}
