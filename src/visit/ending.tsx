import { Actions, Button, type Html, JourneyForm, LinkButton, type Page } from '#web';
import { words } from './words.ts';

/** What stands at the foot of every outcome: leave, or go on with something else. */
export function Ending(props: { page: Page }): Html {
  const w = words(props.page.language);
  return (
    <JourneyForm action="/visit/end" page={props.page}>
      <Actions>
        <Button pictogram="check">{w.endVisit}</Button>
        <LinkButton href="/" kind="secondary">
          {w.anotherService}
        </LinkButton>
      </Actions>
    </JourneyForm>
  );
}
