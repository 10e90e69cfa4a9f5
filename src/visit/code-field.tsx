import { ErrorText, fieldId, type Html } from '#web';

interface Field {
  name: 'number' | 'code';
  label: string;
  help: string;
  value: string;
  wrong: Wrong | undefined;
}

/** What is wrong with a field, in words; `code` is their name. */
export interface Wrong {
  field: 'number' | 'code';
  code: string;
  text: string;
}

/** A field for something written on a paper. */
export function CodeField(props: Field): Html {
  const { name, label, help, value, wrong } = props;
  const id = fieldId(name);
  return (
    <div class={wrong ? 'field field-error' : 'field'}>
      <label class="kern-label" for={id}>
        {label}
      </label>
      <p class="kern-hint" id={`${id}-hint`}>
        {help}
      </p>
      {wrong && (
        <ErrorText id={`${id}-error`} code={wrong.code}>
          {wrong.text}
        </ErrorText>
      )}
      <input
        class="kern-form-input__input code-input"
        id={id}
        name={name}
        type="text"
        value={value}
        inputmode={name === 'number' ? 'numeric' : 'text'}
        autocomplete="off"
        spellcheck="false"
        aria-describedby={wrong ? `${id}-error ${id}-hint` : `${id}-hint`}
        aria-invalid={wrong ? 'true' : undefined}
      />
    </div>
  );
}
