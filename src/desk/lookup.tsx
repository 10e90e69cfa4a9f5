import type { CaseView, FoundCode } from '#cases';
import { formatCode, formatNumber, normaliseCode } from '#seal';
import type { Html } from '#web';
import { Answers } from './case-parts.tsx';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { codesOf, type Desk, record } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { STATE_WORDS } from './words.ts';

/** What a lookup found, in the words shown above it. */
type Found =
  | { kind: 'slip' }
  | { kind: 'unknown' }
  | { kind: 'valid'; found: FoundCode; view: CaseView | undefined };

async function find(desk: Desk, c: DeskContext, typed: string): Promise<Found> {
  const code = normaliseCode(typed);
  if (code === undefined) return { kind: 'slip' };
  const staff = c.get('staff');
  for (const { kind, service } of codesOf(desk, staff)) {
    const found = await desk.cases.lookupCode(kind, code, service.office);
    if (found) {
      await record(desk, staff, 'code.lookedUp', found.caseId);
      return { kind: 'valid', found, view: await desk.cases.read(found.caseId) };
    }
  }
  await record(desk, staff, 'code.unknown', 'code');
  return { kind: 'unknown' };
}

function Result({ result, desk }: { result: Found; desk: Desk }): Html {
  if (result.kind === 'slip') {
    return (
      <p class="desk-alert" role="alert">
        Dieses Merkmal kann es nicht geben. Es hat 15 Zeichen; eines davon ist wahrscheinlich verlesen oder
        vertippt.
      </p>
    );
  }
  if (result.kind === 'unknown') {
    return (
      <p class="desk-alert" role="alert">
        Unbekannt oder abgelaufen. Zu diesem Merkmal liegt Ihrem Amt keine gültige Bestätigung vor.
      </p>
    );
  }
  const { found, view } = result;
  const days = Math.ceil((found.expiresAt.getTime() - desk.clock.now().getTime()) / 86_400_000);
  return (
    <section aria-labelledby="found">
      <p class="desk-alert desk-alert--good" role="status" id="found">
        Gültige Bestätigung, noch {days === 1 ? '1 Tag' : `${days} Tage`} (bis {shortInstant(found.expiresAt)}
        ).
      </p>
      <p class="desk-facts">
        <a href={`/desk/cases/${found.caseId}`}>Vorgang {formatNumber(found.number)}</a>
        <span class={`desk-state desk-state--${found.state}`}>{STATE_WORDS[found.state]}</span>
        <span>eingereicht {shortInstant(found.createdAt)}</span>
      </p>
      {view && <Answers view={view} />}
    </section>
  );
}

async function page(desk: Desk, c: DeskContext, typed: string, result?: Found): Promise<Response> {
  const normal = normaliseCode(typed);
  return deskPage(desk, c, {
    title: 'Zuordnungsmerkmal',
    section: 'lookup',
    status: result === undefined || result.kind === 'valid' ? 200 : 404,
    body: (
      <>
        <div class="desk-head">
          <h1>Zuordnungsmerkmal nachsehen</h1>
        </div>
        <form method="post" action="/desk/lookup" class="desk-form desk-lookup" autocomplete="off">
          <input type="hidden" name="_csrf" value={c.get('staff').csrf} />
          <p class="desk-field">
            <label for="code">Zuordnungsmerkmal</label>
            <small id="code-hint">15 Zeichen, wie auf der Bestätigung. Groß oder klein ist gleich.</small>
            <input
              id="code"
              type="text"
              name="code"
              value={normal === undefined ? typed : formatCode(normal)}
              required
              maxlength={40}
              spellcheck="false"
              aria-describedby="code-hint"
              data-desk-search
            />
          </p>
          <button type="submit" class="desk-button desk-button--primary">
            Nachsehen
          </button>
        </form>
        {result && <Result result={result} desk={desk} />}
      </>
    ),
  });
}

/** The empty form. The code is a secret: it travels in forms only, never in an address. */
export async function lookupPage(desk: Desk, c: DeskContext): Promise<Response> {
  if (codesOf(desk, c.get('staff')).length === 0) return notFoundPage(desk, c);
  return page(desk, c, '');
}

export async function lookupResult(desk: Desk, c: DeskContext): Promise<Response> {
  if (codesOf(desk, c.get('staff')).length === 0) return notFoundPage(desk, c);
  const typed = (c.get('form').get('code') ?? '').slice(0, 40);
  return page(desk, c, typed, await find(desk, c, typed));
}
