/** What the terminal's screen shows while a PIN is set, from the state alone. */
import {
  Button,
  type Child,
  Countdown,
  Do,
  Go,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
  Pictogram,
  Say,
} from '#web';
import { AskPage, askTitle } from './ask.tsx';
import { Picture, type PictureId } from './pictures.tsx';
import type { Session } from './session.ts';
import { type Words, words } from './words.ts';
import type { PinStep, State } from './workflow.ts';

/** Seconds until a page that waits looks again, where there is no script. */
const LOOK_AGAIN_SECONDS = 2;
/** Seconds until the last page gives way to the office's, where somebody is asked whether they are still there. */
const LAST_PAGE_SECONDS = 60;

/** What does not change from page to page of a terminal. */
export interface Frame {
  accent: string;
  city: string;
  phone: string;
  place?: string | undefined;
  officeOrigin: string;
}

type WaitingAt = Exclude<PinStep, { at: 'ask' | 'ended' }>['at'];

interface Waiting {
  screen: string;
  title: string;
  text: string;
  picture: PictureId;
}

/** What is said of a card that was lifted: more, when it may have been written on. */
function goneText(state: State, w: Words): string {
  if (state.newPinSent || state.doubt === 'newPin') return `${w.goneNewPin} ${w.cardGoneText}`;
  return state.doubt === 'puk' ? `${w.gonePuk} ${w.cardGoneText}` : w.cardGoneText;
}

function waitingOf(at: WaitingAt, state: State, w: Words): Waiting {
  if (at === 'cardGone')
    return { screen: at, title: w.cardGone, text: goneText(state, w), picture: 'insert' };
  if (at === 'insertCard' || at === 'foreignCard') {
    return { screen: at, title: w[at], text: w[`${at}Text`], picture: 'insert' };
  }
  if (at === 'working' && state.keypad) {
    return { screen: 'padBusy', title: w.padBusy, text: w.padBusyText, picture: 'pin' };
  }
  const word = at === 'working' ? 'working' : 'starting';
  return { screen: word, title: w[word], text: w[`${word}Text`], picture: 'wait' };
}

/** A card that lies there when the app begins to look, or is back too soon, may not be noticed: the app never says so. */
const NOT_NOTICED: ReadonlySet<string> = new Set(['insertCard', 'cardGone']);

function WaitingPage(props: { waiting: Waiting; page: Page; turn: number; w: Words }): Html {
  const { waiting, page, turn, w } = props;
  return (
    <JourneyForm action={page.path} page={page}>
      <input type="hidden" name="turn" value={turn} />
      <Say>
        <h1>{waiting.title}</h1>
        <p class="lead">{waiting.text}</p>
        {NOT_NOTICED.has(waiting.screen) ? <p>{w.notNoticed}</p> : undefined}
      </Say>
      <Do>
        <Picture id={waiting.picture} />
        {waiting.screen === 'insertCard' ? (
          <div class="device-hint">
            <Picture id="can" small />
            <div>
              <p>
                <strong>{w.canTip}</strong>
              </p>
              <p>{w.canTipText}</p>
            </div>
          </div>
        ) : undefined}
      </Do>
      <Go page={page}>
        <Button name="_action" value="cancel" kind="secondary">
          {w.cancel}
        </Button>
      </Go>
    </JourneyForm>
  );
}

const END_PICTURES = {
  done: 'success',
  unblocked: 'success',
  cancelled: 'cross',
  timeOver: 'hourglass',
  deactivated: 'idCard',
  pukUsedUp: 'lock',
  noReader: 'cardReader',
  unreachable: 'plug',
  failed: 'warning',
  unsure: 'warning',
  unsurePuk: 'warning',
} as const;

function EndPage(props: { step: Extract<PinStep, { at: 'ended' }>; to: string; page: Page }): Html {
  const { step, to, page } = props;
  const { language } = page;
  const w = words(language);
  return (
    <>
      <Say>
        <h1>{w[step.screen]}</h1>
        <p class="lead">{w[`${step.screen}Text`]}</p>
      </Say>
      <Do>
        <Pictogram id={END_PICTURES[step.screen]} class="heading-picture" />
        {step.screen === 'noReader' ? undefined : (
          <p>
            <strong>{w.takeCard}</strong>
          </p>
        )}
        <Countdown seconds={LAST_PAGE_SECONDS} says={w.goesOn} language={language} ends={to} />
      </Do>
      <Go page={page}>
        <LinkButton href={to} pictogram="forward">
          {w.backToOffice}
        </LinkButton>
      </Go>
    </>
  );
}

/** @returns where a session's pages live: nobody can guess it */
export function pathOf(session: Session): string {
  return `/eid/${session.id}`;
}

function pageFor(session: Session, frame: Frame, title: string, screen: string): Page {
  const { waySituation, wayReady, wayPin } = words(session.language);
  return {
    title,
    // The same names as on the office's pages before and after.
    sections: { names: [waySituation, wayReady, wayPin], at: 2 },
    page: screen,
    kind: 'device',
    language: session.language,
    settings: session.settings,
    accent: frame.accent,
    city: frame.city,
    phone: frame.phone,
    ...(frame.place === undefined ? {} : { place: frame.place }),
    mode: 'terminal',
    path: pathOf(session),
    base: pathOf(session),
  };
}

/** Together with the page: with script, news from the card shows at once. */
function withNews(session: Session, body: Child): Html {
  return (
    <>
      {body}
      <am-wait data-href={`${pathOf(session)}/news?turn=${session.state.turn}`} />
    </>
  );
}

/** @returns the page for what is going on now, a whole HTML document without a digit of the card */
export function screenPage(session: Session, frame: Frame): string {
  const { state } = session;
  const { step } = state;
  const w = words(session.language);
  if (step.at === 'ended') {
    const to = session.order.returnTo(step.outcome);
    const page = pageFor(session, frame, w[step.screen], step.screen);
    const refresh = { seconds: LAST_PAGE_SECONDS, to };
    return layout({ ...page, refresh }, <EndPage step={step} to={to} page={page} />);
  }
  if (step.at === 'ask') {
    const title = askTitle(step.what, state.mode, w);
    const page = pageFor(session, frame, title, step.what);
    const wrong = state.notice !== undefined && !['unblocked', 'again'].includes(state.notice.kind);
    const body = <AskPage state={state} what={step.what} page={page} w={w} />;
    return layout({ ...page, wrong }, withNews(session, body));
  }
  const waiting = waitingOf(step.at, state, w);
  const page = pageFor(session, frame, waiting.title, waiting.screen);
  const refresh = { seconds: LOOK_AGAIN_SECONDS, to: page.path };
  const body = <WaitingPage waiting={waiting} page={page} turn={state.turn} w={w} />;
  return layout({ ...page, refresh }, withNews(session, body));
}

/** @returns what each number is, and who helps */
export function helpPage(session: Session, frame: Frame): string {
  const w = words(session.language);
  const page = pageFor(session, frame, w.help, 'help');
  const lines = [w.helpTransport, w.helpPin, w.helpCan, w.helpPuk, w.helpForgotten(page), w.helpLost];
  return layout(
    { ...page, path: `${page.path}/help` },
    <>
      <Say>
        <h1>{w.help}</h1>
      </Say>
      <Do>
        <div class="device-hint">
          <Picture id="can" small />
          <div>
            {lines.map((line) => (
              <p>{line}</p>
            ))}
          </div>
        </div>
      </Do>
      <Go page={page}>
        <LinkButton href={page.path}>{w.helpBack}</LinkButton>
      </Go>
    </>,
  );
}

/** @returns the page for an address that means nothing (any more); German, because nobody's language is known */
export function invalidPage(frame: Frame): string {
  const w = words('de');
  const en = words('en');
  const page: Page = {
    title: w.invalid,
    page: 'invalid',
    language: 'de',
    settings: { size: 1, contrast: false, reach: false },
    accent: frame.accent,
    city: frame.city,
    phone: frame.phone,
    mode: 'terminal',
    path: '/',
    kind: 'notice',
    quiet: true,
  };
  return layout(
    page,
    <>
      <Say>
        <h1>{w.invalid}</h1>
        <p class="lead">{w.invalidText}</p>
        <p lang="en">{en.invalidText}</p>
      </Say>
      <Go page={page}>
        <LinkButton href={`${frame.officeOrigin}/`}>{w.backToOffice}</LinkButton>
      </Go>
    </>,
  );
}
