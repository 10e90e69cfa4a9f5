import type { ReviewSection } from '#journey';
import type { Child, Html } from '../jsx/jsx-runtime.ts';

/** Answers to look through: question and answer. */
export function SummaryList(props: {
  sections: readonly ReviewSection[];
  empty: string;
  file?: ((id: string, name: string) => Child) | undefined;
}): Html {
  const { file } = props;
  return (
    <>
      {props.sections.map((section) => (
        <section class="summary">
          <h2>{section.title}</h2>
          <dl>
            {section.lines.map((line) => (
              <div class="summary-line">
                <dt>{line.label}</dt>
                <dd>
                  {line.value === '' ? (
                    <span class="muted">{props.empty}</span>
                  ) : line.file !== undefined && file !== undefined ? (
                    file(line.file, line.value)
                  ) : (
                    line.value.split('\n').map((text) => <span class="line">{text}</span>)
                  )}
                  {line.mark === undefined ? undefined : <span class="line muted">({line.mark})</span>}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
