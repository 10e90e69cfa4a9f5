import { readableFields } from '#journey';
import type { CompiledQuestion } from '#kinds';
import { Button } from '../components/index.ts';
import { countryName } from '../countries.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { questionWords } from '../said.ts';
import { Errors, Hint, headingIdOf } from './frame.tsx';
import { type Asked, type AskedTexts, ask, type Drawn, type QuestionView } from './view.ts';

/** How many entries the fields speak of. */
function entriesIn(view: QuestionView, name: string): number {
  let count = 0;
  const start = `${name}[`;
  for (const field of Object.keys(view.fields)) {
    if (field.startsWith(start))
      count = Math.max(count, Number.parseInt(field.slice(start.length), 10) + 1 || 0);
  }
  return count;
}

/** What an entry's card says of one answer. */
function readable(question: CompiledQuestion, texts: AskedTexts, view: QuestionView, key: string): string {
  const { fields, prefix, language } = view;
  return readableFields(question, prefix + question.id, key, fields, texts, language, {
    country: (code) => countryName(code, language),
  });
}

function isComplete(asked: Asked, index: number): boolean {
  const start = `${asked.name}[${index}].`;
  return asked.question.questions.every((question) => {
    if (question.optional) return true;
    const own = `${start}${question.id}`;
    return Object.entries(asked.view.fields).some(
      ([field, values]) =>
        (field === own || field.startsWith(`${own}.`)) && values.some((value) => value !== ''),
    );
  });
}

function openEntry(asked: Asked, count: number): number {
  const { view, name } = asked;
  const wrong = view.errors.find((error) => error.field.startsWith(`${name}[`));
  if (wrong !== undefined) return Number.parseInt(wrong.field.slice(name.length + 1), 10);
  if (view.open !== undefined) return view.open;
  for (let index = 0; index < count; index++) if (!isComplete(asked, index)) return index;
  return count === 0 ? 0 : -1;
}

/** A card for each entry, one of them open; and a button for another. */
export function GroupField(props: Drawn<'entries'> & { render: (asked: Asked) => Html }): Html {
  const { asked, render } = props;
  const { question, texts, view, name, all } = asked;
  const words = questionWords(view.language);
  const count = entriesIn(view, name);
  const open = openEntry(asked, count);
  const shown = Math.max(count, open + 1);
  const title = (index: number) => words.entry({ name: texts.entry ?? words.entryName, number: index + 1 });
  const gone = view.removed;
  const within = (index: number): QuestionView => ({
    ...view,
    prefix: `${name}[${index}].`,
    heading: false,
    alone: false,
  });

  const form = (index: number): Child => (
    <section class="entry entry-open" aria-labelledby={`${asked.id}-${index}`}>
      <h2 id={`${asked.id}-${index}`}>{title(index)}</h2>
      {question.questions.map((one) => render(ask(one, all, within(index), `${question.id}.${one.id}`)))}
      {shown > Math.max(1, question.min ?? 1) ? (
        <Button
          kind="quiet"
          pictogram="remove"
          name="_action"
          value={`remove:${name}:${index}`}
          about={title(index)}
        >
          {words.remove}
        </Button>
      ) : undefined}
    </section>
  );
  const card = (index: number): Child => (
    <section class="entry" aria-labelledby={`${asked.id}-${index}`}>
      <div class="entry-text">
        <h2 id={`${asked.id}-${index}`}>{title(index)}</h2>
        <p>
          {question.questions
            .map((one) => readable(one, all, within(index), `${question.id}.${one.id}`))
            .filter((text) => text !== '')
            .map((text) => (
              <span class="line">{text}</span>
            ))}
        </p>
      </div>
      <div class="entry-buttons">
        <Button
          kind="secondary"
          pictogram="edit"
          name="_action"
          value={`edit:${name}:${index}`}
          about={title(index)}
        >
          {words.edit}
        </Button>
        <Button
          kind="quiet"
          pictogram="remove"
          name="_action"
          value={`remove:${name}:${index}`}
          about={title(index)}
        >
          {words.remove}
        </Button>
      </div>
    </section>
  );
  return (
    <section
      class="field group"
      id={asked.id}
      tabindex={-1}
      aria-labelledby={headingIdOf(asked)}
      aria-describedby={gone === undefined ? undefined : `${asked.id}-removed`}
    >
      {view.heading ? undefined : (
        <p class="kern-label" id={headingIdOf(asked)}>
          {texts.label}
        </p>
      )}
      <Hint asked={asked} />
      {gone !== undefined && (
        <p class="group-removed" id={`${asked.id}-removed`} role="status">
          {words.entryRemoved({ name: title(gone) })}
        </p>
      )}
      <Errors asked={asked} />
      {Array.from({ length: shown }, (_, index) => (index === open ? form(index) : card(index)))}
      {question.max === undefined || shown < question.max ? (
        <Button kind="secondary" pictogram="plus" name="_action" value={`add:${name}`}>
          {texts.add ?? words.addAnother}
        </Button>
      ) : (
        <p class="kern-hint">{texts.full ?? words.full({ max: question.max })}</p>
      )}
    </section>
  );
}
