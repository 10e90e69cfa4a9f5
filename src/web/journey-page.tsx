import { kindOf } from '#kinds';
import { type Language, saidInItsLanguage } from '#language';
import type { CompiledPage, ServiceTexts } from '#service';
import { Hidden } from './bar.tsx';
import { Button, ErrorSummary, Gallery, NextSteps, Pictogram } from './components/index.ts';
import { errorText, plainErrorText } from './error-text.ts';
import { softHyphens } from './hyphens.ts';
import type { Child, Html } from './jsx/jsx-runtime.ts';
import { openEnded } from './label-end.ts';
import type { Page } from './page.ts';
import { Do, Go, Say } from './parts.tsx';
import {
  CountedSum,
  isOneAnswer,
  type QuestionView,
  questionHeading,
  renderQuestion,
} from './questions/index.tsx';
import { layoutWords, questionWords } from './said.ts';

/** A form that works without script: Enter means "next", a second press sends nothing twice. */
export function JourneyForm(props: {
  action: string;
  page: Pick<Page, 'csrf' | 'form' | 'path' | 'mode'>;
  multipart?: boolean;
  children?: Child;
}): Html {
  const { csrf, form, path, mode } = props.page;
  return (
    <form
      id={form}
      method="post"
      action={props.action}
      novalidate
      class="journey"
      autocomplete={mode === 'terminal' ? 'off' : 'on'}
      {...(props.multipart ? { enctype: 'multipart/form-data' as const } : {})}
    >
      <Hidden csrf={csrf} back={form === undefined ? undefined : path} />
      <button type="submit" name="_action" value="next" hidden /> {props.children}
    </form>
  );
}

const NUMBER = /^\d+\. /;

/**
 * Texts of definitions hold paragraphs apart by an empty line; Leichte Sprache has each sentence on a line of its own.
 * Lines that all begin with a number are steps.
 */
export function Paragraphs(props: { text: string | undefined; lead?: boolean }): Html | null {
  if (props.text === undefined || props.text.trim() === '') return null;
  return (
    <>
      {props.text.split(/\n\s*\n/).map((paragraph) => {
        const lines = paragraph.trim().split('\n');
        if (lines.length > 1 && lines.every((line) => NUMBER.test(line)))
          return <NextSteps steps={lines.map((line) => line.replace(NUMBER, ''))} />;
        return (
          <p class={props.lead ? 'lead' : undefined}>
            {lines.map((line) => (
              <span class="line">{line}</span>
            ))}
          </p>
        );
      })}
    </>
  );
}

/** As many lines stand with a heading; a language that gives each sentence its line has more of them. */
const LEAD_LINES = 2;

/** @returns how a text begins, which stands with the heading, and how it goes on, which is read in the larger place */
function parted(text: string | undefined): { lead: string | undefined; rest: string } {
  const [first = '', ...others] = text?.trim().split(/\n\s*\n/) ?? [];
  const lines = first.split('\n');
  const isList = lines.every((line) => NUMBER.test(line));
  const count = isList ? 0 : LEAD_LINES;
  const rest = [lines.slice(count).join('\n'), ...others].filter(Boolean);
  return { lead: lines.slice(0, count).join('\n'), rest: rest.join('\n\n') };
}

/** The heading of a page that is read and asks nothing, and how its text begins. */
export function ReadHeading(props: { title: string; text: string | undefined }): Html {
  return (
    <>
      <h1>{softHyphens(props.title)}</h1>
      <Paragraphs text={parted(props.text).lead} lead />
    </>
  );
}

/** How the text of such a page goes on. */
export function ReadOn(props: { text: string | undefined }): Html | null {
  const { rest } = parted(props.text);
  if (rest === '') return null;
  return (
    <div class="reading">
      <Paragraphs text={rest} />
    </div>
  );
}

/** How many words of a label tell it from others, where it is a whole sentence. */
const NAMING_WORDS = 7;

function firstWords(text: string): string {
  const words = text.split(/\s+/);
  return words.length <= NAMING_WORDS ? words.join(' ') : `${words.slice(0, NAMING_WORDS).join(' ')} …`;
}

/** @returns the first words of a label */
const nameOf = (label: string, language: Language): string =>
  saidInItsLanguage(openEnded(label), language, firstWords);

/**
 * The errors of a page for the summary at its top, in the words that stand at the fields; links that say the same name what
 * they lead to.
 */
function summaryOf(page: CompiledPage, texts: ServiceTexts, view: QuestionView) {
  const links = linksOf(page, texts, view);
  return links.map(({ field, text, label }) => {
    const isAlone = links.filter((one) => one.text === text).length === 1;
    return {
      field,
      text: isAlone || label === undefined ? text : `${nameOf(label, view.language)}: ${text}`,
    };
  });
}

function linksOf(
  page: CompiledPage,
  texts: ServiceTexts,
  view: QuestionView,
): { field: string; text: string; label?: string }[] {
  return view.errors.map((error) => {
    const [, id = '', , inner] = /^(\w+)(\[\d+\]\.(\w+))?/.exec(error.field) ?? [];
    const question = page.questions.find((one) => one.id === id);
    const asked = inner === undefined ? question : question?.questions.find((one) => one.id === inner);
    const own = texts.questions[inner === undefined ? id : `${id}.${inner}`];
    if (!asked || !own) return { field: error.field, text: plainErrorText(error, view.language) };
    const heading = view.heading === true && inner === undefined;
    return {
      field: error.field,
      label: own.label,
      text: errorText(error, asked, own, view.language, heading),
    };
  });
}

/** What the button that leads on is among the page's buttons; `none`: others lead on. */
export type Onward = 'primary' | 'secondary' | 'none';

/**
 * The inside of a journey's page with a form: heading, text, pictures, questions, next step.
 * @param props.texts the service's texts with placeholders filled
 * @param props.view as for {@link renderQuestion}; its prefix is ''
 * @param props.before notices above the questions
 */
export function JourneyPage(props: {
  page: CompiledPage;
  texts: ServiceTexts;
  view: Omit<QuestionView, 'prefix'>;
  action: string;
  shell: Pick<Page, 'csrf' | 'form' | 'path' | 'mode' | 'back' | 'backAction'>;
  /** The next button, unless told otherwise the one main step. */
  onward?: Onward;
  before?: Child;
  /** What has happened meanwhile. */
  news?: Child;
  /** Other ways on, in the place of the next step. */
  ways?: Child;
  /** Questions that are not asked any more. */
  unasked?: ReadonlySet<string>;
  /** Without the page's text: it has said what it had to. */
  brief?: boolean;
  /** It is there to be read: where there is no gallery of them, its picture is large, and its text has the answers' place. */
  pictured?: boolean;
  after?: Child;
}): Html {
  const { page, texts, action, shell, onward = 'primary' } = props;
  const view: QuestionView = { ...props.view, prefix: '' };
  const words = questionWords(view.language);
  const own = texts.pages[page.id];
  const title = own?.title ?? texts.title;
  // What stands as on the ID, and how a step ended, is shown by `before`.
  const questions = page.questions.filter(
    (question) => kindOf(question).asked && !props.unasked?.has(question.id),
  );
  const alone = onward === 'primary' && isOneAnswer(questions);
  const [only] = questions;
  const asHeading = questions.length === 1 && only !== undefined && texts.questions[only.id]?.label === title;
  const gallery = page.gallery.map((item) => ({ ...item, text: own?.gallery[item.id] ?? item.id }));
  const isRead = gallery.length === 0 && props.pictured;
  const errors = summaryOf(page, texts, { ...view, heading: asHeading });
  return (
    <JourneyForm action={action} page={shell} multipart={page.questions.some((one) => one.kind === 'file')}>
      <Say>
        {asHeading && only ? questionHeading(only, texts, view) : undefined}
        {isRead ? <ReadHeading title={title} text={own?.text} /> : undefined}
        {asHeading || isRead ? undefined : (
          <>
            <h1>{softHyphens(title)}</h1>
            {props.brief ? undefined : <Paragraphs text={own?.text} lead />}
          </>
        )}
        {questions.map((question) => (
          <CountedSum question={question} view={view} />
        ))}
      </Say>
      <Do {...(questions.length === 0 && { reads: title })}>
        <ErrorSummary title={words.errorsTitle({ count: errors.length })} errors={errors} />
        {props.news}
        {isRead && page.pictogram !== undefined ? (
          <Pictogram id={page.pictogram} class="heading-picture" />
        ) : undefined}
        {isRead ? <ReadOn text={own?.text} /> : undefined}
        {props.before}
        {gallery.length > 0 ? (
          <Gallery items={gallery} yes={own?.gallery.yes} no={own?.gallery.no} />
        ) : undefined}
        {questions.map((question) => renderQuestion(question, texts, { ...view, heading: asHeading, alone }))}
        {asHeading ? <Paragraphs text={own?.text} /> : undefined}
        {props.after}
      </Do>
      <Go page={{ ...shell, language: view.language }}>
        {props.ways}
        {onward === 'none' ? undefined : (
          <Button name="_action" value="next" pictogram="forward" kind={onward}>
            {layoutWords(view.language).next}
          </Button>
        )}
      </Go>
    </JourneyForm>
  );
}
