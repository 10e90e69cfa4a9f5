import type { CompiledService, Language } from '#service';
import {
  Actions,
  Alert,
  Button,
  defineWords,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  type Page,
} from '#web';
import type { CitizenContext } from './context.ts';
import type { Over } from './store.ts';

/** In the address of the first page, for a browser that has shown no cookie yet: if it comes without one now, it takes none. */
export const BEGUN = 'begun';
/** In the address of a service where somebody is led back to who has just begun and has nothing: a browser without cookies. */
export const NOTHING = 'nothing';
/** The same for whoever wanted on: a visit that was there is over. */
export const ENDED = 'ended';

const ranOutWords = defineWords({
  de: {
    title: 'Ihr Besuch ist zu Ende',
    text: 'Nach einer Pause schließen wir jeden Besuch, damit niemand sonst Ihre Angaben sieht. Ihre Angaben sind gelöscht.',
    notSent: 'Es wurde nichts abgesendet.',
    lost: (title: string) =>
      `Ihre Angaben zu „${title}“ sind gelöscht, damit niemand sonst sie sieht. Es wurde davon nichts abgesendet.`,
    rest: 'Was noch nicht abgesendet war, ist gelöscht. Was Sie abgesendet haben, ist bei uns: Mit Nummer und Code finden Sie es unter „Was ist mit meinem Antrag?“.',
    someone:
      'Der Besuch an diesem Bildschirm ist zu Ende. Was weder abgesendet noch auf ein Handy mitgenommen wurde, ist gelöscht.',
    none: 'Hier ist kein Besuch offen',
    ended:
      'Ihr Besuch ist zu Ende, oder Sie haben noch nicht begonnen. Was Sie abgesendet haben, ist bei uns. Sie können jederzeit neu beginnen.',
    nothing: 'Hier ist noch nichts begonnen',
    noCookie:
      'Haben Sie gerade auf „Jetzt beginnen“ gedrückt? Dann nimmt Ihr Browser kein Cookie von uns an, und ohne Cookie können wir uns Ihre Antworten nicht merken. Bitte erlauben Sie Cookies für diese Seite und beginnen Sie dann noch einmal.',
    again: 'Noch einmal beginnen',
    home: 'Zur Startseite',
  },
  en: {
    title: 'Your visit has ended',
    text: 'We close every visit after a pause, so that nobody else sees your answers. Your answers have been deleted.',
    notSent: 'Nothing has been sent.',
    lost: (title: string) =>
      `Your answers to “${title}” have been deleted, so that nobody else sees them. None of them has been sent.`,
    rest: 'What had not been sent has been deleted. What you have sent is with us: with number and code you find it under “What about my application?”.',
    someone:
      'The visit at this screen has ended. What was neither sent nor taken along on a phone has been deleted.',
    none: 'No visit is open here',
    ended:
      'Your visit has ended, or you have not started yet. What you have sent is with us. You can start again at any time.',
    nothing: 'Nothing has been started here',
    noCookie:
      'Have you just pressed “Start now”? Then your browser does not accept a cookie from us, and without a cookie we cannot remember your answers. Please allow cookies for this site and then start again.',
    again: 'Begin again',
    home: 'To the start page',
  },
  leicht: {
    title: 'Ihr Besuch ist zu Ende',
    text: 'Sie haben lange nichts gemacht. Dann beenden wir den Besuch. So sieht niemand Ihre Angaben. Ihre Angaben sind gelöscht.',
    notSent: 'Wir haben nichts abgeschickt.',
    lost: (title: string) =>
      `Sie haben lange nichts gemacht. Ihre Antworten zu „${title}“ sind gelöscht. So sieht sie niemand. Wir haben davon nichts abgeschickt.`,
    rest: 'Was noch nicht abgeschickt war, ist gelöscht. Was Sie abgeschickt haben, ist bei uns. Sie finden es mit Nummer und Code.',
    someone:
      'Der Besuch hier ist zu Ende. Haben Sie etwas abgeschickt? Das bleibt. Haben Sie Ihr Handy genommen? Dann geht es dort weiter. Alles andere ist gelöscht.',
    none: 'Hier ist kein Besuch offen',
    ended:
      'Ihr Besuch ist zu Ende. Oder Sie haben noch nicht angefangen. Haben Sie etwas abgeschickt? Das ist bei uns. Sie können jetzt anfangen.',
    nothing: 'Hier ist noch nichts angefangen',
    noCookie:
      'Haben Sie gerade auf „Jetzt anfangen“ gedrückt? Dann nimmt Ihr Browser kein Cookie an. Ein Cookie ist ein kleiner Merk-Zettel im Browser. Ohne Cookie vergessen wir Ihre Antworten. Erlauben Sie Cookies für diese Seite. Fangen Sie dann noch einmal an.',
    again: 'Noch einmal anfangen',
    home: 'Zum Anfang',
  },
});

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
  const text = begun !== undefined ? w.lost(begun) : over.sent || over.begun ? w.rest : w.someone;
  return (
    <Alert tone="warning" title={w.title}>
      {text}
    </Alert>
  );
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
  const shell = { ...page, title: w.title, page: 'ran-out', back: path, path };
  return layout(
    shell,
    <JourneyForm action={path} page={shell}>
      <h1>{w.title}</h1>
      <Alert tone="warning" title={says}>
        {why}
      </Alert>
      <p class="lead">{service.texts[page.language].title}</p>
      <Actions>
        <Button pictogram="forward">{w.again}</Button>
        <LinkButton href="/" kind="secondary">
          {w.home}
        </LinkButton>
      </Actions>
    </JourneyForm>,
  );
}
