import type { ReviewSection } from '#journey';
import type { Html } from '../jsx/jsx-runtime.ts';

/** Stands for an answer that nobody gave. */
const NONE = '–';

/** Answers to look through: question and answer. */
export function SummaryList(props: { sections: readonly ReviewSection[] }): Html {
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
                    <span class="muted">{NONE}</span>
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
