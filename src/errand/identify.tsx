/** What stands on the page that asks who somebody is, and what of it is known by then. */
import { type FieldError, isFromId, isLocked, meansWord, type Progress, readableAnswer } from '#journey';
import { type CompiledQuestion, GERMAN_CARDS, type ServiceTexts, type ToldMeans } from '#service';
import {
  Alert,
  Button,
  type Child,
  countryName,
  errorText,
  fieldId,
  type Html,
  LinkButton,
  SummaryList,
} from '#web';
import type { ErrandDeps } from './deps.ts';
import { type Beside, NOTHING_BESIDE } from './form-page.tsx';
import { SignIn, SignInWays } from './sign-in.tsx';
import { type Here, pageUrl } from './standing.ts';
import { letterWords, stepWords } from './words.ts';

/** @returns that somebody is known here now, in the words of the way they have shown it */
export function toldIn({ draft, visit }: Here): string {
  return draft.identity?.addressee ? letterWords(visit.language).taken : stepWords(visit.language).signedIn;
}

/** Says that somebody is known here now; who has just come back hears it first. */
function Told(props: { here: Here; now: boolean; children?: Child }): Html {
  const said = (
    <Alert tone="success" title={toldIn(props.here)} focus={props.now}>
      {props.children}
    </Alert>
  );
  return props.now ? <am-errors>{said}</am-errors> : said;
}

/**
 * @param said what is wrong, and whether somebody has just come back and is known now
 * @returns what the page shows beside its questions, and which of them are not asked (any more)
 */
export function identifyStep(
  deps: ErrandDeps,
  here: Here,
  texts: ServiceTexts,
  said: { errors: readonly FieldError[]; told: boolean },
): Beside {
  const { errors, told } = said;
  const { page, draft, visit } = here;
  const w = stepWords(visit.language);
  const level = draft.answers[page.id];
  // Who has come back from the ending may have found the card.
  const ended = level === 'none' && page.identify?.otherwise === 'ending';
  if (level === undefined || ended)
    return {
      ...NOTHING_BESIDE,
      before: <SignIn deps={deps} here={here} texts={texts} errors={errors} />,
      ways: <SignInWays deps={deps} here={here} />,
      unasked: new Set(page.questions.map(({ id }) => id)),
      onward: 'none',
    };
  const again = (word: string): Html => (
    <Button kind="quiet" name="_action" value="again">
      {word}
    </Button>
  );
  if (level === 'none') {
    const before = <Alert title={w.withoutTitle}>{again(w.signInAfterAll)}</Alert>;
    return { ...NOTHING_BESIDE, before, brief: true };
  }
  const { addressee } = draft.identity ?? {};
  if (addressee) {
    const l = letterWords(visit.language);
    const before = (
      <Told here={here} now={told}>
        <p>{l.takenText({ name: addressee.name })}</p>
        {again(l.again)}
      </Told>
    );
    return { ...NOTHING_BESIDE, before, brief: true };
  }
  const locked = page.questions.filter((question) => isLocked(question, draft));
  const wrong = errors.flatMap((error) => {
    const question = locked.find(({ id }) => id === error.field);
    return question ? [{ error, question }] : [];
  });
  const lines = locked.map((question) => shown(question, here, texts));
  return {
    ...NOTHING_BESIDE,
    before: (
      <>
        <Told here={here} now={told}>
          <p>
            {byCard(draft.identity) ? w.fromIdText : w.fromAccountText}{' '}
            {draft.identity && w.signedInWith({ means: meansWord(draft.identity.means, visit.language) })}
          </p>
          {again(w.again)}
        </Told>
        <SummaryList
          sections={[{ page: page.id, title: byCard(draft.identity) ? w.fromId : w.fromAccount, lines }]}
        />
        {wrong.map((each) => (
          <ToldWrong {...each} texts={texts} here={here} />
        ))}
      </>
    ),
    unasked: new Set(locked.map(({ id }) => id)),
    brief: true,
  };
}

/** What the ID tells and something said before cannot both be right; there is no field here to say it at. */
function ToldWrong(props: {
  error: FieldError;
  question: CompiledQuestion;
  texts: ServiceTexts;
  here: Here;
}): Html {
  const { error, question, texts, here } = props;
  const { language } = here.visit;
  const own = texts.questions[question.id] ?? { label: question.id, errors: {} };
  return (
    <Alert tone="error" title={own.label} id={fieldId(error.field)}>
      <p data-field={error.field} data-error={error.code}>
        {errorText(error, question, own, language, true)}
      </p>
      {saidAgainst(error, question, here).map((page) => (
        <LinkButton kind="secondary" href={pageUrl(here.service, page)} pictogram="edit">
          {stepWords(language).lookAgain({ page: texts.pages[page.id]?.title ?? page.id })}
        </LinkButton>
      ))}
    </Alert>
  );
}

/** @returns the pages before, on which something of the same kind was said that what the ID tells does not go with */
function saidAgainst({ code }: FieldError, question: CompiledQuestion, { page, walked }: Here) {
  const reads = question.limits.find(({ error }) => error === code)?.reads ?? [];
  return walked.pages.filter(
    (before) =>
      before.id !== page.id &&
      before.questions.some(
        ({ id, kind }) => kind === question.kind && reads.includes(id) && walked.answers[id] !== undefined,
      ),
  );
}

const CARDS: ReadonlySet<ToldMeans> = new Set([...GERMAN_CARDS, 'onlineId', 'eidas']);

/** @returns whether somebody has shown a card: ELSTER and passwords tell what an account says */
const byCard = (identity: Progress['identity']): boolean =>
  identity !== undefined && CARDS.has(identity.means);

function shown(question: CompiledQuestion, { walked, visit }: Here, texts: ServiceTexts) {
  const answer = walked.answers[question.id];
  const country = (code: string): string => countryName(code, visit.language);
  return {
    field: question.id,
    label: texts.questions[question.id]?.label ?? question.id,
    value:
      answer === undefined
        ? '–'
        : readableAnswer(question, question.id, answer, texts, visit.language, { country }),
    file: undefined,
  };
}

/** @returns ids of questions that the ID has answered but people may change */
function prefilled({ page, draft }: Here): ReadonlySet<string> {
  const open = page.questions.filter((question) => isFromId(question, draft) && !isLocked(question, draft));
  return new Set(open.map(({ id }) => id));
}

/** Fields that the ID has filled in, and that people may change, say so. */
export function marked(texts: ServiceTexts, here: Here): ServiceTexts {
  const { fromIdOpen: onCard, fromAccountOpen } = stepWords(here.visit.language);
  const fromIdOpen = byCard(here.draft.identity) ? onCard : fromAccountOpen;
  const questions = [...prefilled(here)].flatMap((id) => {
    const own = texts.questions[id];
    return own ? [[id, { ...own, help: own.help ? `${fromIdOpen} ${own.help}` : fromIdOpen }] as const] : [];
  });
  return { ...texts, questions: { ...texts.questions, ...Object.fromEntries(questions) } };
}
