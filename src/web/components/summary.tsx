import type { ReviewSection } from '#journey';
import type { Child, Html } from '../jsx/jsx-runtime.ts';

/**
 * Answers to look through: question, answer, and "change" at every page's answers.
 * @param props.change the word on the links, and where each page's link leads
 */
export function SummaryList(props: {
  sections: readonly ReviewSection[];
  /** A way back to each line's page; none where there is nothing to change in a line. */
  change?: { word: string; href: (page: string) => string; fixed?: (field: string) => boolean } | undefined;
  empty: string;
  file?: ((id: string, name: string) => Child) | undefined;
}): Html {
  const { change, file } = props;
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
                {change === undefined || change.fixed?.(line.field) ? undefined : (
                  <dd class="summary-change">
                    <a href={change.href(section.page)}>
                      {change.word}
                      <span class="kern-sr-only"> {line.label}</span>
                    </a>
                  </dd>
                )}
              </div>
            ))}
          </dl>
        </section>
      ))}
    </>
  );
}
