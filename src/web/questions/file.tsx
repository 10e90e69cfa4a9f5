import { Pictogram } from '../components/index.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../words-questions.ts';
import { SingleField } from './frame.tsx';
import { type Asked, describedBy, fieldValue } from './view.ts';

const KIND_NAMES: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  pdf: 'PDF',
  jpeg: 'JPEG',
  jpg: 'JPEG',
  png: 'PNG',
};

function acceptOf(kinds: readonly string[]): string {
  return kinds.map((kind) => (kind.includes('/') ? kind : `.${kind}`)).join(',');
}

/** A big place to choose a file; shows the name of the one that was chosen. */
export function FilePicker(props: {
  id: string;
  name: string;
  accept: readonly string[];
  words: string;
  describedby?: string | undefined;
  invalid?: boolean;
}): Html {
  return (
    <am-file class="file">
      <Pictogram id="upload" />
      <span class="file-words" aria-hidden="true">
        {props.words}
      </span>
      <input
        type="file"
        id={props.id}
        name={props.name}
        accept={acceptOf(props.accept)}
        aria-describedby={props.describedby}
        aria-invalid={props.invalid ? 'true' : undefined}
      />
    </am-file>
  );
}

/** file: limits said beforehand, the file that is already there, and a big place to choose one. */
export function FileField(props: { asked: Asked }): Html {
  const { asked } = props;
  const { question, view } = asked;
  const words = questionWords(view.language);
  const kept = fieldValue(view, asked.name);
  const rulesId = `${asked.id}-rules`;
  const kinds = question.accept.map((kind) => KIND_NAMES[kind] ?? kind).join(', ');
  const rules = (
    <p class="kern-hint" id={rulesId}>
      {words.fileRules(kinds, Math.floor(question.maxBytes / 100_000) / 10)}
    </p>
  );
  return (
    <SingleField asked={asked} extra={rules}>
      {kept === '' ? undefined : (
        <p class="file-kept">
          <Pictogram id="document" />
          <span>
            {words.fileKept} <strong>{kept}</strong>
          </span>
        </p>
      )}
      <FilePicker
        id={asked.id}
        name={asked.name}
        accept={question.accept}
        words={kept === '' ? words.chooseFile : words.fileReplace}
        describedby={describedBy(asked, rulesId)}
        invalid={asked.errors.length > 0}
      />
    </SingleField>
  );
}
