/** Everything that was said, to be looked at once more: one line for each answer, one way back for each page. */
import { isLocked, type ReviewLine, type ReviewSection } from '#journey';
import { type Html, Pictogram } from '#web';
import { type Here, serviceUrl } from '../standing.ts';
import { stepWords, words } from '../words.ts';

/** Where an answer comes from, if nobody can change it on its page. */
type Fixed = 'id' | 'office' | undefined;

/** What stands on the ID is no field on any page, and neither is what follows from other answers. */
function fixedBy({ service, draft }: Here, field: string): Fixed {
  if (service.computed.some(({ id }) => id === field)) return 'office';
  const question = service.questions.get(field);
  return question !== undefined && isLocked(question, draft) ? 'id' : undefined;
}

/** Signs that the office works out for itself are its own words; sums and days that follow from the answers are worth a look. */
function isOfficialese({ service }: Here, { field }: ReviewLine): boolean {
  const value = service.computed.find(({ id }) => id === field);
  return value?.type === 'text' || value?.type === 'bool';
}

/** @param props.declared the label is a whole sentence, to which the person has said yes */
function Line(props: { line: ReviewLine; declared: boolean }): Html {
  const { line, declared } = props;
  return (
    <div class={declared ? 'review-line review-declared' : 'review-line'}>
      <dt>{line.label}</dt>
      <dd class={line.open || line.value === '' ? 'muted' : undefined}>
        {line.value === '' ? '–' : line.value.split('\n').map((text) => <span class="line">{text}</span>)}
        {line.mark === undefined ? undefined : <span class="line muted">({line.mark})</span>}
      </dd>
    </div>
  );
}

function Part(props: { here: Here; section: ReviewSection }): Html | null {
  const { here, section } = props;
  const { language } = here.visit;
  const lines = section.lines.filter((line) => !isOfficialese(here, line));
  if (lines.length === 0) return null;
  const fixed = lines.map(({ field }) => fixedBy(here, field));
  return (
    <section class="review-part">
      {lines.length > 1 && <h2>{section.title}</h2>}
      <dl>
        {lines.map((line) => (
          <Line line={line} declared={here.service.questions.get(line.field)?.kind === 'declaration'} />
        ))}
      </dl>
      {fixed.includes(undefined) ? (
        <a class="review-change" href={`${serviceUrl(here.service)}/${section.page}`}>
          {words(language).change}
          <span class="kern-sr-only"> {section.title}</span>
        </a>
      ) : (
        fixed.includes('id') && (
          <p class="review-lock">
            <Pictogram id="lock" />
            <span>{stepWords(language).fromId}</span>
          </p>
        )
      )}
    </section>
  );
}

/** @param props.sections as they are handed in */
export function ReviewList(props: { here: Here; sections: readonly ReviewSection[] }): Html {
  return (
    <div class="review">
      {props.sections.map((section) => (
        <Part here={props.here} section={section} />
      ))}
    </div>
  );
}
