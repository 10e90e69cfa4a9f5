import { Button, Go, type Html, JourneyForm, LinkButton, type Page } from '#web';
import { words } from './words.ts';

/** The way on from every outcome: leave, or go on with something else. */
export function Ending(props: { page: Page }): Html {
  const w = words(props.page.language);
  return (
    <JourneyForm action="/visit/end" page={props.page}>
      <Go page={props.page}>
        <Button pictogram="check">{w.endVisit}</Button>
        <LinkButton href="/" kind="secondary">
          {w.anotherService}
        </LinkButton>
      </Go>
    </JourneyForm>
  );
}
