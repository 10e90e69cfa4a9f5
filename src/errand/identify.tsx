/** What stands on the page that asks who somebody is: before signing in, after it, and when it did not work. */
import { type City, municipalityOf } from '#city';
import { type FieldError, isFromId, isLocked, meansWord, type Progress, readableAnswer } from '#journey';
import { germanIn, inARow, type Language } from '#language';
import {
  BEST_LEVEL,
  type CompiledQuestion,
  GERMAN_CARDS,
  isLawful,
  MEANS,
  type Means,
  reaches,
  type ServiceTexts,
  type ToldMeans,
} from '#service';
import {
  Alert,
  Button,
  Card,
  type Child,
  countryName,
  errorText,
  fieldId,
  type Html,
  LinkButton,
  NextSteps,
  plainErrorText,
  SummaryList,
} from '#web';
import type { ErrandDeps } from './deps.ts';
import { type Beside, NOTHING_BESIDE } from './form-page.tsx';
import { LetterCard, letterCodeUrl } from './letter-code-page.tsx';
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

/** @returns whether the tax office's certificate is taken: it is lawful here, and reaches what the page asks for */
const takesElster = ({ identify: rule }: Here['page']): boolean =>
  rule !== undefined && isLawful(rule.means, 'elster') && reaches(BEST_LEVEL.elster, rule.level);

const LEVEL_WORDS = { low: 'signInLow', substantial: 'signInSubstantial', high: 'signInHigh' } as const;

/** What happens, in order; which data is read, and by whom (§ 18(4) PAuswG); and the ways that reach the level. */
function SignIn(props: {
  deps: ErrandDeps;
  here: Here;
  texts: ServiceTexts;
  errors: readonly FieldError[];
}): Html {
  const { deps, here, texts } = props;
  const { page, service, visit } = here;
  const w = stepWords(visit.language);
  const [provider] = deps.identity;
  const reads = page.questions.filter((question) => question.from);
  const means = page.identify?.means;
  const ends = page.identify?.otherwise === 'ending';
  return (
    <>
      {props.errors
        .filter(({ field }) => field === page.id)
        .map((error) => (
          <am-errors>
            <Alert tone="error" title={w.notSignedIn} live focus id={fieldId(page.id)}>
              <p data-field={error.field} data-error={error.code}>
                {plainErrorText(error, visit.language)}
              </p>
              <p>
                {ends && error.code === 'identityWrongMeans'
                  ? w.noneOfTheseHelp
                  : w.notSignedInHelp({ phone: deps.city.phone115 })}
              </p>
            </Alert>
          </am-errors>
        ))}
      {provider ? (
        <NextSteps
          steps={[
            w.signInGoes({ name: provider.name, elster: takesElster(page) ? 'yes' : 'no' }),
            means ? w.signInMeans : w[LEVEL_WORDS[page.identify?.level ?? 'high']],
            w.signInComesBack,
          ]}
        />
      ) : (
        <Alert tone="warning" title={w.noProvider({ phone: deps.city.phone115 })} />
      )}
      {means && <Lawful means={means} language={visit.language} />}
      <Card title={w.readsTitle} pictogram="idCard">
        <ul class="needs needs-columns">
          {reads.map(({ id }) => (
            <li>{texts.questions[id]?.label}</li>
          ))}
          <li>{w.readsMeans}</li>
        </ul>
        <div class="small-print">
          <p>{w.readsBy({ who: germanIn(visit.language, readerOf(deps.city, service.office)) })}</p>
          <p>{w.readsAuthority({ who: germanIn(visit.language, deps.city.privacy.authority) })}</p>
          <p>{w.readsOnce}</p>
        </div>
      </Card>
      {page.identify?.letterCode && <LetterCard deps={deps} here={here} />}
    </>
  );
}

/** The ways that reach the level, as buttons. */
function SignInWays({ deps, here }: { deps: ErrandDeps; here: Here }): Html {
  const { page, visit } = here;
  const w = stepWords(visit.language);
  const none = page.identify?.means ? w.noneOfThese : w.cannotSignIn;
  return (
    <>
      {deps.identity.map(({ id, name }) => (
        <Button name="_action" value={`identify:${id}`} pictogram="forward">
          {w.signIn({ name })}
        </Button>
      ))}
      {page.identify?.letterCode && (
        <LinkButton kind="secondary" href={letterCodeUrl(here)} pictogram="mail">
          {letterWords(visit.language).haveCode}
        </LinkButton>
      )}
      {page.identify?.otherwise && (
        <Button kind="secondary" name="_action" value="without">
          {page.identify.otherwise === 'ending' ? none : w.without}
        </Button>
      )}
    </>
  );
}

/** Which cards the law lets people show here, and which ways it does not: known before anybody fetches one. */
function Lawful({ means, language }: { means: readonly Means[]; language: Language }): Html {
  const w = stepWords(language);
  const others = MEANS.filter((one) => !isLawful(means, one)).map((one) => meansWord(one, language));
  return (
    <Card title={w.meansTitle} pictogram="check">
      <ul class="needs">
        {means.map((one) => (
          <li data-means={one}>{meansWord(one, language)}</li>
        ))}
      </ul>
      {others.length > 0 && <p>{w.notMeans({ list: inARow(others, language) })}</p>}
    </Card>
  );
}

/** Who reads the ID: the town, through the office that decides here. */
function readerOf(city: City, office: string): string {
  const { name, address } = city.offices.get(office) ?? {};
  return [municipalityOf(city), name, address].filter(Boolean).join(', ');
}
