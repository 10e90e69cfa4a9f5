import type { FreeSlot } from '#booking';
import { type CitizenCase, isClosed } from '#cases';
import type { FieldError } from '#journey';
import { dateWithWeekday, germanIn, type Language, wholeNumber } from '#language';
import type { FileAnswer, SlotAnswer } from '#service';
import { noDatesPage, type Reply, Said } from '#visit';
import {
  Actions,
  Alert,
  Button,
  Card,
  Do,
  ErrorSummary,
  ErrorText,
  FileKept,
  FilePicker,
  Go,
  type Html,
  JourneyForm,
  kindNames,
  layout,
  lettersSaid,
  type Page,
  plainErrorText,
  questionWords,
  Say,
  SlotChoices,
  sizeLimit,
} from '#web';
import { statusWords } from './words.ts';

/** A longer letter belongs into a file. The field has no `maxlength`: browsers cut in silence what is pasted. */
export const MOST_CHARACTERS = 4_000;
/** What a citizen may attach to an answer. */
export const ATTACHMENT = {
  accept: ['application/pdf', 'image/jpeg', 'image/png'],
  maxBytes: 10 * 1024 * 1024,
};
export const MOST_ATTACHED = 5;

/** What was asked for and did not happen. */
export type Refusal = 'notAnswered' | 'notWithdrawn' | 'notMoved';

/** Something wrong in one of the status page's forms; what is wrong with an answer is kept with it. */
export type FormTrouble = 'sure' | 'tooLate' | Refusal;

function errorsAt(field: string, reply: Reply | undefined): FieldError[] {
  return (reply?.errors ?? []).filter((error) => error.field === field);
}

/** What is wrong with the answer, in words; of several files it says which. */
function wrongText(error: FieldError, language: Language): string {
  if (error.code === 'required') return statusWords(language).errorAnswerRequired;
  const text = plainErrorText(error, language);
  return error.params.name === undefined ? text : `${error.params.name}: ${text}`;
}

/** All that is wrong in the page's forms, for the summary at its top. */
export function errorsOf(
  trouble: FormTrouble | undefined,
  reply: Reply | undefined,
  language: Language,
): { field: string; text: string }[] {
  const sure = trouble === 'sure' ? [{ field: 'sure', text: statusWords(language).errorSure }] : [];
  const answer = (reply?.errors ?? []).map((error) => ({
    field: error.field,
    text: wrongText(error, language),
  }));
  return [...sure, ...answer];
}

const errorId = (id: string, index: number): string => (index === 0 ? `${id}-error` : `${id}-error-${index}`);

/** @returns the ids of all that is said of a field */
const describing = (id: string, errors: readonly FieldError[]): string[] =>
  errors.map((_error, index) => errorId(id, index));

/** What is wrong at a field of the answer; nothing where all is well. */
function Wrong(props: { id: string; errors: readonly FieldError[]; language: Language }): Html | null {
  const { id, errors, language } = props;
  if (errors.length === 0) return null;
  return (
    <>
      {errors.map((error, index) => (
        <ErrorText id={errorId(id, index)} code={error.code}>
          {wrongText(error, language)}
        </ErrorText>
      ))}
    </>
  );
}

/**
 * The citizen's answer to the office: text, files, or both.
 * @param asked whether the office waits for it: then it is open
 */
export function AnswerForm(props: {
  page: Page;
  number: string;
  once: string;
  reply: Reply | undefined;
  asked: boolean;
}): Html {
  const { page, reply } = props;
  const { language } = page;
  const w = statusWords(language);
  const wrongText = errorsAt('text', reply);
  const letters = lettersSaid(language, 'german');
  const described = [
    ...(letters === undefined ? [] : ['f-text-letters']),
    ...['f-text-limit', ...(wrongText.length > 0 ? ['f-text-error'] : [])],
  ];
  return (
    <details class="unfold" open={props.asked || reply !== undefined}>
      <summary>{w.statusAnswerTitle}</summary>
      <JourneyForm action="/status/case/answer" page={page} multipart>
        <input type="hidden" name="number" value={props.number} />
        <input type="hidden" name="_once" value={props.once} />
        <div class={wrongText.length > 0 ? 'field field-error' : 'field'}>
          <label class="kern-label" for="f-text">
            {w.statusAnswerLabel}
          </label>
          {letters === undefined ? undefined : (
            <p class="kern-hint" id="f-text-letters">
              {letters}
            </p>
          )}
          <p class="kern-hint" id="f-text-limit">
            {questionWords(language).atMost({ max: wholeNumber(MOST_CHARACTERS, language) })}
          </p>
          <Wrong id="f-text" errors={wrongText} language={language} />
          <textarea
            class="kern-form-input__input"
            id="f-text"
            name="text"
            rows={4}
            aria-describedby={described.join(' ')}
            aria-invalid={wrongText.length > 0 ? 'true' : undefined}
          >
            {reply?.text ?? ''}
          </textarea>
        </div>
        <Attachments files={reply?.files ?? []} errors={errorsAt('file', reply)} page={page} />
        <Actions>
          <Button>{w.statusAnswerSend}</Button>
        </Actions>
      </JourneyForm>
    </details>
  );
}

/** Files of an answer: those that are there, each with a way to take it off again, and a place for another. */
function Attachments(props: {
  files: readonly FileAnswer[];
  errors: readonly FieldError[];
  page: Page;
}): Html {
  const { files, errors } = props;
  const { language, mode } = props.page;
  const w = statusWords(language);
  const kept = files.map((file) => <FileKept file={file} remove={`drop:${file.file}`} language={language} />);
  // What lies on a terminal's disk is nobody's.
  if (mode === 'terminal')
    return (
      <div class="field">
        <p class="kern-hint">{w.statusAnswerOwn}</p>
        {kept}
      </div>
    );
  const most = sizeLimit(ATTACHMENT.maxBytes, language);
  return (
    <div class={errors.length > 0 ? 'field field-error' : 'field'}>
      <label class="kern-label" for="f-file">
        {w.statusAnswerFile}
      </label>
      <p class="kern-hint" id="f-file-hint">
        {questionWords(language).fileRules({ kinds: kindNames(ATTACHMENT.accept), most })}
      </p>
      <Wrong id="f-file" errors={errors} language={language} />
      {kept}
      <FilePicker
        id="f-file"
        name="file"
        accept={ATTACHMENT.accept}
        maxBytes={ATTACHMENT.maxBytes}
        language={language}
        multiple
        words={files.length > 0 ? w.statusAnswerAnother : questionWords(language).chooseFile}
        describedby={[...describing('f-file', errors), 'f-file-hint'].join(' ')}
        invalid={errors.length > 0}
      />
    </div>
  );
}

/** Says that what was asked for did not happen, why, and what to do; an answer's words are shown again. */
export function Refused(props: {
  code: Refusal;
  full: boolean;
  view: Pick<CitizenCase, 'authority' | 'state'>;
  text: string | undefined;
  page: Page;
}): Html {
  const { code, full, view, text, page } = props;
  const w = statusWords(page.language);
  const titles = {
    notAnswered: w.errorNotAnswered,
    notWithdrawn: w.errorNotWithdrawn,
    notMoved: w.errorNotMoved,
  };
  const closed = isClosed(view.state);
  const elsewhere = view.authority !== undefined && !closed ? view.authority : undefined;
  const why = full
    ? w.errorFull(page)
    : elsewhere
      ? w.askAuthority({ name: germanIn(page.language, elsewhere.name), phone: page.phone })
      : closed
        ? w.errorOver(page)
        : w.errorNotHere(page);
  return (
    <am-errors>
      <Alert tone="error" title={titles[code]} live focus>
        {elsewhere && code === 'notWithdrawn' && (
          <p>{w.withdrawNoMore({ name: germanIn(page.language, elsewhere.name) })}</p>
        )}
        <p>{why}</p>
        {text && (
          <p class="history-text" dir="auto">
            {text}
          </p>
        )}
      </Alert>
    </am-errors>
  );
}

/** Whom to ask about a case that another authority decides: nothing written here would get there. */
export function AskAuthority({ view, page }: { view: CitizenCase; page: Page }): Html | null {
  const { authority, state } = view;
  if (!authority || authority.givenUp || state === 'withdrawn') return null;
  const w = statusWords(page.language);
  return (
    <Card title={w.askAuthorityTitle} pictogram="help">
      <p>{w.askAuthority({ name: germanIn(page.language, authority.name), phone: page.phone })}</p>
      {authority.reached && !isClosed(state) && (
        <p>{w.withdrawNoMore({ name: germanIn(page.language, authority.name) })}</p>
      )}
    </Card>
  );
}

/** Why a date was not moved: none was chosen, or somebody else has it. */
export const DATES_TROUBLES = ['none', 'lost'] as const;
type DatesTrouble = (typeof DATES_TROUBLES)[number];

/**
 * Other free dates for a booked one.
 * @param chosen one that was chosen before the language changed
 */
export function statusDatesPage(
  page: Page,
  booked: SlotAnswer,
  free: readonly FreeSlot[],
  trouble?: DatesTrouble,
  chosen = '',
): string {
  const w = statusWords(page.language);
  const shell: Page = { ...page, title: w.statusMoveTitle, page: 'status-date', back: '/status/case' };
  const now = w.statusMoveNow({ date: dateWithWeekday(booked.date, page.language) });
  if (free.length === 0) return noDatesPage(shell, trouble === 'lost', <p>{now}</p>);
  const own = { ...shell, kind: 'date' as const, form: 'page-form' };
  const wrong = trouble && { code: trouble, text: trouble === 'lost' ? w.statusMoveLost : w.statusMoveNone };
  return layout(
    { ...own, wrong: wrong !== undefined },
    <JourneyForm action="/status/case/date" page={own}>
      <Said marks={trouble ? [{ code: trouble }] : []} of={{ slot: chosen }} />
      <Say>
        <h1>{w.statusMoveTitle}</h1>
        <p class="lead">{now}</p>
      </Say>
      <Do>
        <ErrorSummary
          title={questionWords(page.language).errorsTitle({ count: 1 })}
          errors={wrong ? [{ field: 'slot', text: wrong.text }] : []}
        />
        <fieldset
          class={wrong ? 'field field-error' : 'field'}
          id="f-slot"
          tabindex={-1}
          aria-describedby={wrong ? 'f-slot-error' : undefined}
        >
          <legend class="kern-sr-only">{w.statusMoveTitle}</legend>
          {wrong && (
            <ErrorText id="f-slot-error" code={wrong.code}>
              {wrong.text}
            </ErrorText>
          )}
          <SlotChoices
            name="slot"
            id="f-slot"
            slots={free}
            chosen={chosen}
            invalid={wrong !== undefined}
            language={page.language}
          />
        </fieldset>
      </Do>
      <Go page={own}>
        <Button pictogram="check">{w.statusMoveSend}</Button>
      </Go>
    </JourneyForm>,
  );
}
