/** The paper that the office issues with its decision, as it stands on the case's page. */
import { type CaseView, isClosed } from '#cases';
import { Alert, type Html, LinkButton } from '#web';
import { Lines } from './case-parts.tsx';
import { shortInstant } from './dates.ts';

/** @returns what the person had said of lines that were corrected, by label */
export function saidBefore({ events }: CaseView): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const { label, from } of events.flatMap((event) => event.corrections?.de ?? [])) {
    if (!said.has(label)) said.set(label, from || 'keine Angabe');
  }
  return said;
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
        {issued
          ? `Ausgestellt am ${shortInstant(new Date(issued.at))}. Was darauf steht, zeigt die Seite /echt jedem, der das Papier hat.`
          : 'Das wird auf dem Papier stehen. Vergleichen Sie es vor der Entscheidung mit dem Register.'}
      </p>
      {revoked.map((one) => (
        <Alert tone="warning" title={`Zurückgenommen am ${shortInstant(new Date(one.at))}`}>
          <p>Das Papier vom {shortInstant(new Date(one.issuedAt))} gilt nicht mehr.</p>
        </Alert>
      ))}
      <Lines
        lines={document.fields.map(({ label, value }) => ({
          label,
          value: (
            <>
              <span class="said">{value}</span>
              {before.has(label) && (
                <small class="muted corrected"> berichtigt, angegeben war: {before.get(label)}</small>
              )}
            </>
          ),
        }))}
      />
      {!isClosed(view.state) && entries.length > 0 && (
        <LinkButton kind="secondary" href={`/desk/cases/${view.id}/paper`}>
          Papier berichtigen
        </LinkButton>
      )}
      {issued && <a href={`/desk/cases/${view.id}/paper`}>Ausgestelltes Papier ansehen</a>}
      {view.state === 'done' && !issued && (
        <Alert tone="warning" title="Nicht mit dem Register verglichen">
          <p>Auf dem Papier steht, dass es die Angaben der Person wiedergibt.</p>
        </Alert>
      )}
    </section>
  );
}
