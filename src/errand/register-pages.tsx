import { fillText } from '#journey';
import { receiptWords } from '#receipt';
import type { CompiledService } from '#service';
import { Ending, helpUrl, PaperCode, shownMarks } from '#visit';
import {
  Actions,
  Button,
  Card,
  Do,
  Go,
  type Html,
  JourneyForm,
  LinkButton,
  layout,
  layoutWords,
  type Page,
  Say,
} from '#web';
import { pageUrl, reviewOf, type Standing, serviceUrl } from './standing.ts';
import { stepWords } from './words.ts';

function Marks(props: { here: Standing }): Html {
  return (
    <>
      {Object.entries(shownMarks(props.here)).map(([name, mark]) => (
        <input type="hidden" name={name} value={mark} />
      ))}
    </>
  );
}

/**
 * What a register has answered. The page is the only place where it stands.
 * @param code the address of its paper, where a phone is to fetch it
 */
export function answerPage(
  page: Page,
  service: CompiledService,
  here: Standing,
  { answer, code }: { answer: Html; code?: string | undefined },
): string {
  const w = stepWords(page.language);
  const title = fillText(service.texts[page.language].result.title, here.walked, page.language);
  const own = { ...page, title, page: 'answer' };
  const isTerminal = page.mode === 'terminal';
  return layout(
    { ...own, kind: 'result', outcome: 'answered' },
    <>
      <Say>
        <h1>{title}</h1>
      </Say>
      <Do>
        {answer}
        <Card title={receiptWords(page.language).papersTitle} tone="accent">
          <p>{w.answerNotKept}</p>
          {code === undefined ? (
            <JourneyForm action={`${serviceUrl(service)}/print`} page={own}>
              <Marks here={here} />
              <Actions>
                <Button kind="secondary" pictogram={isTerminal ? 'smartphone' : 'download'}>
                  {isTerminal ? w.answerPhone : w.answerPaper}
                </Button>
              </Actions>
            </JourneyForm>
          ) : (
            <PaperCode url={code} language={page.language} />
          )}
        </Card>
      </Do>
      <Ending page={own} />
    </>,
  );
}

/** The register gave no answer that can be used: what that means, and what one can do. */
export function noAnswerPage(page: Page, service: CompiledService, here: Standing): string {
  const w = stepWords(page.language);
  const own = {
    ...page,
    title: w.noAnswerTitle,
    page: 'no-answer',
    kind: 'notice' as const,
    back: pageUrl(service, reviewOf(service)),
  };
  return layout(
    own,
    <JourneyForm action={pageUrl(service, reviewOf(service))} page={own}>
      <Marks here={here} />
      <Say>
        <h1>{w.noAnswerTitle}</h1>
      </Say>
      <Do>
        <p class="lead">{w.noAnswerText}</p>
      </Do>
      <Go page={own}>
        <Button pictogram="forward">{w.askAgain}</Button>
        <LinkButton href={helpUrl(pageUrl(service, reviewOf(service)))} kind="secondary">
          {layoutWords(page.language).help}
        </LinkButton>
      </Go>
    </JourneyForm>,
  );
}
