/** The pages of a phone that sends pictures to a terminal. */
import type { CompiledQuestion, FieldError } from '#journey';
import type { QuestionOf } from '#kinds';
import type { QuestionTexts } from '#service';
import {
  Button,
  Do,
  errorText,
  FilePicker,
  fieldId,
  Go,
  type Html,
  JourneyForm,
  kindNames,
  LinkButton,
  layout,
  type Page,
  Paragraphs,
  Pictogram,
  questionWords,
  Say,
  sizeLimit,
} from '#web';
import { cameraWords } from './words.ts';

/** What is asked for, without anything that somebody has said. */
export interface CameraTexts {
  title: string;
  /** The terminal and the service that the picture goes to. */
  where: string;
  text: string | undefined;
  questions: Readonly<Record<string, QuestionTexts | undefined>>;
}

const shellOf = (page: Page, title: string, name: string): Page => ({
  ...page,
  ...{ title, page: name, kind: 'upload' },
});

const labelOf = ({ questions }: CameraTexts, id: string): string => questions[id]?.label ?? id;

/** What the phone shows first. */
export function cameraBeginPage(page: Page, action: string, texts: CameraTexts): string {
  const w = cameraWords(page.language);
  return layout(
    shellOf(page, texts.title, 'photo-begin'),
    <JourneyForm action={action} page={page}>
      <Say>
        <h1>{texts.title}</h1>
        <Paragraphs text={texts.text} lead />
        <p>
          <strong>{texts.where}</strong>
        </p>
        <p>{w.beginLead}</p>
      </Say>
      <Go page={page}>
        <Button pictogram="camera">{w.begin}</Button>
      </Go>
    </JourneyForm>,
  );
}

/** The camera, or a file; with script a picture can be turned and cropped before it is sent. */
export function cameraPage(
  page: Page,
  asked: {
    action: string;
    texts: CameraTexts;
    question: CompiledQuestion & QuestionOf<'file'>;
    errors: readonly FieldError[];
  },
): string {
  const { action, texts, question, errors } = asked;
  const { id, accept, maxBytes } = question;
  const w = cameraWords(page.language);
  const own = texts.questions[id];
  const label = labelOf(texts, id);
  const picker = {
    name: id,
    accept,
    maxBytes,
    language: page.language,
    named: true,
    invalid: errors.length > 0,
  };
  const describedby = errors.length > 0 ? `${fieldId(id)}-error` : undefined;
  const said = errors.map((error) => own && errorText(error, question, own, page.language, false));
  return layout(
    { ...shellOf(page, label, 'photo'), wrong: errors.length > 0 },
    <JourneyForm action={action} page={page} multipart>
      <input type="hidden" name="_of" value={id} />
      <Say>
        <h1>{label}</h1>
        <Paragraphs text={own?.help} lead />
        <p>{w.flat}</p>
        <p class="muted">{texts.where}</p>
      </Say>
      <Do>
        <Errors texts={said} field={id} codes={errors} language={page.language} />
        <am-photo
          data-turn={w.turn}
          data-hint={w.cropHint}
          data-corners={[w.topLeft, w.topRight, w.bottomLeft, w.bottomRight].join('|')}
        >
          {accept.includes('image/jpeg') && (
            <FilePicker
              {...picker}
              describedby={describedby}
              id={`${fieldId(id)}-camera`}
              words={w.shoot}
              camera
            />
          )}
          <FilePicker {...picker} describedby={describedby} id={fieldId(id)} words={w.choose} />
        </am-photo>
        <p class="kern-hint">
          {questionWords(page.language).fileRules({
            kinds: kindNames(accept),
            most: sizeLimit(maxBytes, page.language),
          })}
        </p>
      </Do>
      <Go page={page}>
        <Button pictogram="forward">{w.send}</Button>
      </Go>
    </JourneyForm>,
  );
}

function Errors(props: {
  texts: readonly (string | undefined)[];
  codes: readonly FieldError[];
  field: string;
  language: Page['language'];
}): Html | null {
  if (props.codes.length === 0) return null;
  return (
    <am-errors>
      <p class="kern-error error-summary" role="alert" tabindex={-1} id={`${fieldId(props.field)}-error`}>
        <Pictogram id="error" />
        <span>
          {props.codes.map((error, at) => (
            <span class="line" data-field={error.field} data-error={error.code}>
              {props.texts[at]}
            </span>
          ))}
        </span>
      </p>
    </am-errors>
  );
}

/** What was sent is at the terminal; another picture, where there is something to send or to send anew. */
export function cameraDonePage(
  page: Page,
  texts: CameraTexts,
  documents: readonly { id: string; came: boolean }[],
): string {
  const w = cameraWords(page.language);
  return layout(
    shellOf(page, w.doneTitle, 'photo-done'),
    <>
      <Say>
        <h1>{w.doneTitle}</h1>
        <p class="lead">{w.doneText}</p>
      </Say>
      <Do>
        {documents.map(({ id, came }) => (
          <LinkButton kind="secondary" pictogram="camera" wide href={`?of=${id}`}>
            {(came ? w.instead : w.more)({ what: labelOf(texts, id) })}
          </LinkButton>
        ))}
      </Do>
    </>,
  );
}
