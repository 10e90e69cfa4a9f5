/** Taking a paper along: the button where it is offered, the code for the phone, and what the phone shows. */
import type { Language } from '#language';
import {
  Button,
  Countdown,
  Do,
  Go,
  Hidden,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  QrCode,
  Say,
} from '#web';
import { noticePage } from './notice.tsx';
import { alongWords } from './words.ts';

/** Seconds that the code stays on a page of its own. */
const STAYS_SECONDS = 120;

/** How one paper is offered. */
interface Offer {
  /** Its address: what a phone or computer at home saves from there, a terminal asks a code for. */
  href: string;
  /** What the button says on somebody's own screen, and at a terminal. */
  save: string;
  toPhone: string;
  pictogram: string;
  kind?: 'primary' | 'secondary';
}

/** One paper to take along: a file on somebody's own screen; at a terminal, whose disk is nobody's place, a code for the phone. */
export function TakeAlong(props: { page: Page; offer: Offer }): Html {
  const { page, offer } = props;
  const { href, save, toPhone, pictogram, kind = 'secondary' } = offer;
  if (page.mode !== 'terminal')
    return (
      <LinkButton kind={kind} pictogram={pictogram} href={href} download wide>
        {save}
      </LinkButton>
    );
  return (
    <form method="post" action={href} class="take-along">
      <Hidden csrf={page.csrf} back={page.path} />
      <Button kind="secondary" pictogram="smartphone" wide>
        {toPhone}
      </Button>
    </form>
  );
}

/** The code that opens just this paper. */
export function PaperCode(props: { url: string; language: Language }): Html {
  const w = alongWords(props.language);
  return (
    <section class="paper-code" data-paper={props.url}>
      <QrCode text={props.url} label={w.text} />
      <div>
        <p>{w.text}</p>
        <p class="muted">{w.once}</p>
      </div>
    </section>
  );
}

/** The code on a page of its own; whoever has it goes back to where they were. */
export function paperOfferPage(page: Page, url: string, back: string): string {
  const w = alongWords(page.language);
  return layout(
    {
      ...page,
      title: w.title,
      page: 'paper-offer',
      kind: 'notice',
      once: true,
      refresh: { seconds: STAYS_SECONDS, to: back },
    },
    <>
      <Say>
        <h1>{w.title}</h1>
      </Say>
      <Do>
        <PaperCode url={url} language={page.language} />
        <Countdown seconds={STAYS_SECONDS} says={w.goesBack} language={page.language} ends={back} />
      </Do>
      <Go page={page}>
        <LinkButton href={back} pictogram="check">
          {w.back}
        </LinkButton>
      </Go>
    </>,
  );
}

/** What the phone shows first. */
export function paperTakePage(page: Page, action: string): string {
  const w = alongWords(page.language);
  return layout(
    { ...page, title: w.takeTitle, page: 'paper-take', kind: 'notice', quiet: true },
    <JourneyForm action={action} page={page}>
      <Say>
        <h1>{w.takeTitle}</h1>
        <p class="lead">{w.takeText}</p>
      </Say>
      <Go page={page}>
        <Button pictogram="check">{w.take}</Button>
      </Go>
    </JourneyForm>,
  );
}

/** The paper was fetched, or nobody fetched it in time; or there never was one. */
export function paperGonePage(page: Page): string {
  const w = alongWords(page.language);
  return noticePage({ ...page, quiet: true }, w.goneTitle, w.goneText);
}
