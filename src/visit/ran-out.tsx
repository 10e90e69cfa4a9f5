import type { Language } from '#language';
import type { CompiledService } from '#service';
import {
  Actions,
  Alert,
  Button,
  Do,
  Go,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  Say,
} from '#web';
import type { CitizenContext } from './context.ts';
import type { Over } from './visit.ts';
import { ranOutWords } from './words.ts';

/** In the address of the first page, for a browser that has shown no cookie yet: if it comes without one now, it takes none. */
export const BEGUN = 'begun';
/** In the address of a service where somebody is led back to who has just begun and has nothing: a browser without cookies. */
export const NOTHING = 'nothing';
/** The same for whoever wanted on: a visit that was there is over. */
export const ENDED = 'ended';

/**
 * @returns the visit that has run out, where that is news: something was begun or handed in. At a terminal nothing of it
 * but the fact: whoever looks at the screen may be somebody else.
 */
export function overIn(c: CitizenContext): Over | undefined {
  const over = c.get('over');
  if (!over || (over.begun === undefined && !over.sent)) return undefined;
  return c.get('terminal') ? { ...over, begun: undefined, sent: false } : over;
}

/** Says that a visit has run out, and what became of the answers. */
export function VisitOver(props: { over: Over; language: Language; begun: string | undefined }): Html {
  const w = ranOutWords(props.language);
  const { begun, over } = props;
  const text = begun !== undefined ? w.lost({ title: begun }) : over.sent || over.begun ? w.rest : w.someone;
  return <Alert title={w.title}>{text}</Alert>;
}

/** Somebody wanted on, and their browser has nothing of a visit: it may be one that takes no cookies. */
export function NothingBegun(props: { language: Language }): Html {
  const w = ranOutWords(props.language);
  return <Alert title={w.nothing}>{w.noCookie}</Alert>;
}

/** Somebody wanted on, and their browser has nothing of a visit: it was ended or handed over, or never began. */
export function VisitEnded(props: { page: Page }): Html {
  const w = ranOutWords(props.page.language);
  return props.page.mode === 'terminal' ? (
    <Alert title={w.title}>{w.someone}</Alert>
  ) : (
    <Alert title={w.none}>{w.ended}</Alert>
  );
}

/** The way back to the beginning of what was lost. */
export function BeginAgain(props: { service: CompiledService; page: Page }): Html {
  const { service, page } = props;
  return (
    <JourneyForm action={`/service/${service.slug}`} page={page}>
      <Actions>
        <Button pictogram="forward">{ranOutWords(page.language).again}</Button>
      </Actions>
    </JourneyForm>
  );
}

/**
 * Somebody goes on in a visit that is over: what became of it, and the way to begin again.
 * @param unsent whether it is known that this service was not handed in
 */
export function ranOutPage(page: Page, service: CompiledService, unsent: boolean): string {
  const w = ranOutWords(page.language);
  const path = `/service/${service.slug}`;
  // At a terminal it may be on its way to a phone, and whoever is there may be somebody else.
  const [says, why] =
    page.mode === 'terminal' ? [w.title, w.someone] : unsent ? [w.notSent, w.text] : [w.title, w.rest];
  const shell = { ...page, title: w.title, page: 'ran-out', kind: 'notice' as const, back: path, path };
  return layout(
    shell,
    <JourneyForm action={path} page={shell}>
      <Say>
        <h1>{w.title}</h1>
        <p class="lead">{service.texts[page.language].title}</p>
      </Say>
      <Do>
        <Alert title={says}>{why}</Alert>
      </Do>
      <Go page={shell}>
        <Button pictogram="forward">{w.again}</Button>
        <LinkButton href="/" kind="secondary">
          {w.home}
        </LinkButton>
      </Go>
    </JourneyForm>,
  );
}
