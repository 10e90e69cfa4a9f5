/** What somebody said, as a clerk reads it: each question once, what was left open in one line, declarations folded. */
import type { CaseView } from '#cases';
import type { ReviewLine, ReviewSection } from '#journey';
import type { Child, Html } from '#web';
import { Lines, Typed } from './case-parts.tsx';
import { said } from './words.ts';

const WORDS = said('case');

/** Answers in the order of the service's pages; a heading where it says more than the lines below it. */
interface Arranged {
  groups: { title: string | undefined; lines: readonly ReviewLine[] }[];
  /** Labels of questions that nobody had to answer, and nobody did. */
  open: readonly string[];
  /** Sentences that were confirmed. */
  declared: readonly string[];
}

/** A label that is the beginning of a sentence says nothing without its heading. */
const isHalf = (label: string): boolean => /(?:…|\.\.\.)$/.test(label.trim());

/** @returns the answers of a case, each question once */
export function arranged({ shown, questions }: Pick<CaseView, 'shown' | 'questions'>): Arranged {
  const declarations = new Set(questions.filter(({ kind }) => kind === 'declaration').map(({ id }) => id));
  const { sections } = shown.de;
  const all = sections.flatMap(({ lines }) => lines);
  const isAnswer = ({ field, open }: ReviewLine): boolean => !open && !declarations.has(field);
  const saysAlone = ({ label }: ReviewLine): boolean =>
    !isHalf(label) && all.filter((one) => one.label === label).length === 1;

  /** A page that asks one thing is one line: where its label alone says too little, its heading is the question. */
  const groupOf = ({ title, lines }: ReviewSection): Arranged['groups'] => {
    const answers = lines.filter(isAnswer);
    if (answers.length === 0) return [];
    if (lines.length > 1) return [{ title, lines: answers }];
    return [
      {
        title: undefined,
        lines: answers.map((line) => ({ ...line, label: saysAlone(line) ? line.label : title })),
      },
    ];
  };

  /** Of whom it is not known: of which entry, or on which page where others are asked the same. */
  const openOf = ({ title, lines }: ReviewSection): string[] =>
    lines.filter(({ open }) => open).map((line) => (saysAlone(line) ? line.label : `${title} ${line.label}`));

  return {
    groups: joined(sections.flatMap(groupOf)),
    open: [...new Set(sections.flatMap(openOf))],
    declared: all.filter(({ field, open }) => !open && declarations.has(field)).map(({ label }) => label),
  };
}

/** Lines without a heading follow each other as one list. */
function joined(groups: Arranged['groups']): Arranged['groups'] {
  const done: { title: string | undefined; lines: ReviewLine[] }[] = [];
  for (const { title, lines } of groups) {
    const last = done.at(-1);
    if (last && last.title === undefined && title === undefined) last.lines.push(...lines);
    else done.push({ title, lines: [...lines] });
  }
  return done;
}

function shownValue(caseId: string, { file, value, mark }: ReviewLine): Child {
  if (file === undefined) {
    return (
      <>
        <Typed text={value} />
        {mark === undefined ? undefined : <small class="muted"> ({mark})</small>}
      </>
    );
  }
  return (
    <a href={`/desk/cases/${caseId}/files/${file}`} download>
      <bdi>{value}</bdi>
    </a>
  );
}

/** What the person said, in German whatever language it was said in; on paper nothing can be unfolded. */
export function Answers({ view, unfolded = false }: { view: CaseView; unfolded?: boolean }): Html {
  const { groups, open, declared } = arranged(view);
  return (
    <section class="summary answers">
      <h2>{WORDS.answers}</h2>
      {groups.map(({ title, lines }) => (
        <section>
          {title === undefined ? undefined : <h3>{title}</h3>}
          <Lines lines={lines.map((line) => ({ label: line.label, value: shownValue(view.id, line) }))} />
        </section>
      ))}
      {open.length > 0 && <p class="muted">{WORDS.leftOpen({ questions: open.join(' · ') })}</p>}
      {declared.length > 0 && (
        <details class="foldout declared" open={unfolded}>
          <summary>{WORDS.declared({ count: declared.length })}</summary>
          <ul>
            {declared.map((sentence) => (
              <li>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
