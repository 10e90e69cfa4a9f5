/** The paper that the office issues with its decision, as it stands on the case's page. */
import { type CaseView, isClosed } from '#cases';
import { Alert, type Html, LinkButton } from '#web';
import { Lines, Typed } from './case-parts.tsx';
import { shortInstant } from './dates.ts';
import { said } from './words.ts';

const WORDS = said('paper');

/** @returns what the person had said of lines that were corrected, by label */
export function saidBefore({ events }: CaseView): ReadonlyMap<string, string> {
  const before = new Map<string, string>();
  for (const { label, from } of events.flatMap((event) => event.corrections?.de ?? [])) {
    if (!before.has(label)) before.set(label, from || said('case').nothingSaid);
  }
  return before;
}

/** What the paper says or will say, with each correction as one. */
export function PaperLines({ view }: { view: CaseView }): Html | null {
  const { document } = view.shown.de;
  if (!document?.decided || view.state === 'rejected' || view.state === 'withdrawn') return null;
  const before = saidBefore(view);
  const { issued, entries = [], revoked = [] } = view.paper ?? {};
  return (
    <section class="summary answers">
      <h2>{document.title}</h2>
      <p class="muted">
        {issued ? WORDS.issuedLead({ at: shortInstant(new Date(issued.at)) }) : WORDS.draftLead}
      </p>
      {revoked.map((one) => (
        <Alert tone="warning" title={WORDS.revoked({ at: shortInstant(new Date(one.at)) })}>
          <p>{WORDS.revokedText({ at: shortInstant(new Date(one.issuedAt)) })}</p>
        </Alert>
      ))}
      <Lines
        lines={document.fields.map(({ label, value }) => ({
          label,
          value: (
            <>
              <Typed text={value} />
              {before.has(label) && (
                <small class="muted corrected"> {WORDS.corrected({ value: before.get(label) ?? '' })}</small>
              )}
            </>
          ),
        }))}
      />
      {!isClosed(view.state) && entries.length > 0 && (
        <LinkButton kind="secondary" href={`/desk/cases/${view.id}/paper`}>
          {WORDS.correct}
        </LinkButton>
      )}
      {issued && <a href={`/desk/cases/${view.id}/paper`}>{WORDS.issuedLook}</a>}
      {view.state === 'done' && !issued && (
        <Alert tone="warning" title={WORDS.notCompared}>
          <p>{WORDS.notComparedText}</p>
        </Alert>
      )}
    </section>
  );
}
