/** What stands on the page that asks who somebody is before they have said so: what happens, what is read, and the ways. */
import { type City, municipalityOf } from '#city';
import { type FieldError, meansWord } from '#journey';
import { germanIn, inARow, type Language } from '#language';
import { BEST_LEVEL, isLawful, MEANS, type Means, reaches, type ServiceTexts } from '#service';
import { Alert, Button, Card, fieldId, type Html, LinkButton, NextSteps, plainErrorText } from '#web';
import type { ErrandDeps } from './deps.ts';
import { LetterCard, letterCodeUrl } from './letter-code-page.tsx';
import type { Here } from './standing.ts';
import { letterWords, stepWords } from './words.ts';

/** @returns whether the tax office's certificate is taken: it is lawful here, and reaches what the page asks for */
const takesElster = ({ identify: rule }: Here['page']): boolean =>
  rule !== undefined && isLawful(rule.means, 'elster') && reaches(BEST_LEVEL.elster, rule.level);

const LEVEL_WORDS = { low: 'signInLow', substantial: 'signInSubstantial', high: 'signInHigh' } as const;

/** What happens, in order; which data is read, and by whom (§ 18(4) PAuswG); and the ways that reach the level. */
export function SignIn(props: {
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
export function SignInWays({ deps, here }: { deps: ErrandDeps; here: Here }): Html {
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
