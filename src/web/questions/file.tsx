import { Button, Pictogram } from '../components/index.ts';
import { plainErrorText } from '../error-text.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { acceptedKinds, fileSize, kindNames, sizeLimit } from '../sizes.ts';
import { comesByPhone, FieldGroup, SingleField } from './frame.tsx';
import { type Drawn, describedBy, type KeptFile, type QuestionView } from './view.ts';

/** A big place to choose a file; shows the name of the one that was chosen. */
export function FilePicker(props: {
  id: string;
  name: string;
  accept: readonly string[];
  /** What a file, and all that are sent at once, may have: a page with script says so before anything is sent. */
  maxBytes: number;
  language: QuestionView['language'];
  words: string;
  describedby?: string | undefined;
  invalid?: boolean;
  /** Several at once. */
  multiple?: boolean;
  /** Its words are its name as well, where no label stands before it. */
  named?: boolean;
  /** The phone's camera takes it. */
  camera?: boolean;
}): Html {
  const max = props.maxBytes;
  const tooLarge = plainErrorText(
    {
      field: props.name,
      code: 'fileTooLarge',
      own: false,
      params: { maxMegabytes: Math.floor(max / 100_000) / 10 },
    },
    props.language,
  );
  return (
    <am-file
      class="file"
      data-max={max}
      data-large={tooLarge}
      data-together={questionWords(props.language).filesTooLarge}
    >
      <Pictogram id={props.camera ? 'camera' : 'upload'} />
      <span class="file-words" aria-hidden="true">
        {props.words}
      </span>
      <input
        type="file"
        id={props.id}
        name={props.name}
        {...(props.multiple ? { multiple: true } : {})}
        accept={props.camera ? 'image/*' : acceptedKinds(props.accept)}
        capture={props.camera ? 'environment' : undefined}
        aria-label={props.named ? props.words : undefined}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      />
    </am-file>
  );
}

/** A file that is there already: its name, its size, and a button that takes it away again. */
export function FileKept(props: {
  file: KeptFile;
  /** Value of the button. */
  remove: string;
  language: QuestionView['language'];
  /** Where it is shown, for who has sent it from a phone. */
  picture?: string | undefined;
}): Html {
  const { file, language, picture } = props;
  const words = questionWords(language);
  const isPicture = picture !== undefined && file.mediaType?.startsWith('image/');
  return (
    <div class="file-kept">
      {isPicture ? (
        <img class="file-picture" src={picture} alt={words.fileAlt} />
      ) : (
        <Pictogram id="document" />
      )}
      <span>
        {picture === undefined ? words.fileKept : words.fileCame} <strong>{file.name}</strong> (
        {fileSize(file.bytes, language)})
      </span>
      <Button kind="secondary" name="_action" value={props.remove} about={file.name}>
        {words.fileRemove}
      </Button>
    </div>
  );
}

/** What a phone has sent, or the place where that appears. */
function ByPhone(props: { asked: Drawn<'file'>['asked'] }): Html {
  const { asked } = props;
  const { view, name } = asked;
  const kept = view.kept?.[name];
  return (
    <FieldGroup asked={asked}>
      {kept ? (
        <FileKept
          file={kept}
          remove={`drop:${name}`}
          language={view.language}
          picture={view.pictures?.(name)}
        />
      ) : (
        <div class="file-place">
          <span class="file-sheet" />
          <p>{questionWords(view.language).fileArrives}</p>
        </div>
      )}
    </FieldGroup>
  );
}

/** Limits said beforehand, the file that is already there, and a big place to choose one. */
export function FileField(props: Drawn<'file'>): Html {
  const { asked, how } = props;
  const { view } = asked;
  if (comesByPhone(asked)) return <ByPhone asked={asked} />;
  const words = questionWords(view.language);
  const kept = view.kept?.[asked.name];
  const rulesId = `${asked.id}-rules`;
  const rules = (
    <p class="kern-hint" id={rulesId}>
      {words.fileRules({
        kinds: kindNames(how.accept),
        most: sizeLimit(how.maxBytes, view.language),
      })}
    </p>
  );
  return (
    <SingleField asked={asked} extra={rules}>
      {kept && <FileKept file={kept} remove={`drop:${asked.name}`} language={view.language} />}
      <FilePicker
        id={asked.id}
        name={asked.name}
        accept={how.accept}
        maxBytes={how.maxBytes}
        language={view.language}
        words={kept ? words.fileReplace : words.chooseFile}
        describedby={describedBy(asked, rulesId)}
        invalid={asked.errors.length > 0}
      />
    </SingleField>
  );
}
