import type { CaseView, FoundCode } from '#cases';
import { type CodeSlip, formatCode, formatNumber, readCode } from '#seal';
import { civilDate, daysBetween } from '#time';
import { Alert, Button, type Html } from '#web';
import { Answers } from './answers.tsx';
import { identityWords, Lines, StateBadge } from './case-parts.tsx';
import { shortDate, shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { actor, type Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { said } from './words.ts';

const WORDS = said('lookup');
const LABEL = said('frame').lookup;

/** What a lookup found, in the words shown above it. */
type Found =
  | ({ kind: 'slip' } & CodeSlip)
  | { kind: 'unknown' }
  | { kind: 'valid'; found: FoundCode; view: CaseView | undefined };

async function find(desk: Desk, c: DeskContext, typed: string): Promise<Found> {
  const code = readCode(typed);
  if (typeof code === 'object') return { kind: 'slip', ...code };
  const result = await desk.cases.findCode(code, actor(c.get('staff')));
  return result ? { kind: 'valid', ...result } : { kind: 'unknown' };
}

/** Of a code that is still known what ended it. */
const OVER: Readonly<Partial<Record<FoundCode['state'], string>>> = {
  rejected: WORDS.rejected,
  withdrawn: WORDS.withdrawn,
};

/** What was confirmed: the fields of the document that the person holds, or everything where there is none. */
function Confirmation({ view }: { view: CaseView }): Html {
  const { document } = view.shown.de;
  if (!document) return <Answers view={view} />;
  const identity = identityWords(view);
  return (
    <section class="summary confirmation">
      <h2>{document.title}</h2>
      <Lines
        lines={[
          ...document.fields,
          ...(identity === undefined ? [] : [{ label: said('case').identity, value: identity }]),
        ]}
      />
    </section>
  );
}

function slipWord({ slip, count }: CodeSlip): string {
  const words = said('lookupSlips');
  return slip === 'length' ? words.length({ count }) : words[slip];
}

function Result({ result, desk }: { result: Found; desk: Desk }): Html {
  if (result.kind === 'slip') {
    return (
      <Alert live tone="error" title={WORDS.impossible}>
        <p>{slipWord(result)}</p>
      </Alert>
    );
  }
  if (result.kind === 'unknown') {
    return (
      <Alert live tone="error" title={WORDS.unknown}>
        <p>{WORDS.unknownText}</p>
      </Alert>
    );
  }
  const { found, view } = result;
  const lastDay = civilDate(new Date(found.expiresAt.getTime() - 1));
  const days = daysBetween(civilDate(desk.clock.now()), lastDay);
  const over = OVER[found.state];
  const at = shortInstant(found.createdAt);
  return (
    <>
      <Alert live tone={over === undefined ? 'success' : 'warning'} title={over ?? WORDS.valid({ days })}>
        <p class="case-marks">
          <a href={`/desk/cases/${found.caseId}`}>
            {said('case').numbered({ number: formatNumber(found.number) })}
          </a>
          <StateBadge state={found.state} />
          <span>
            {over === undefined
              ? WORDS.submittedValid({ at, day: shortDate(lastDay) })
              : WORDS.submitted({ at })}
          </span>
        </p>
      </Alert>
      {view && <Confirmation view={view} />}
    </>
  );
}

async function page(desk: Desk, c: DeskContext, typed: string, result?: Found): Promise<Response> {
  const read = readCode(typed);
  return deskPage(desk, c, {
    title: LABEL,
    section: 'lookup',
    status: result === undefined || result.kind === 'valid' ? 200 : 404,
    body: (
      <>
        <h1>{WORDS.title}</h1>
        <form method="post" action="/desk/lookup" class="card lookup" autocomplete="off">
          <input type="hidden" name="_csrf" value={c.get('staff').csrf} />
          <div class="field">
            <label for="code">{LABEL}</label>
            <small class="muted" id="code-hint">
              {WORDS.hint}
            </small>
            <input
              id="code"
              type="text"
              name="code"
              value={typeof read === 'string' ? formatCode(read) : typed}
              required
              spellcheck="false"
              aria-describedby="code-hint"
              data-desk-search
            />
          </div>
          <div class="actions">
            <Button>{WORDS.look}</Button>
          </div>
        </form>
        {result && <Result result={result} desk={desk} />}
        <am-desk-keys />
      </>
    ),
  });
}

/** Offices that give out no codes have nothing to look up. */
const hasCodes = async (desk: Desk, c: DeskContext): Promise<boolean> =>
  (await desk.cases.codeKinds(c.get('staff').offices)).length > 0;

/** The empty form. The code is a secret: it travels in forms only, never in an address. */
export async function lookupPage(desk: Desk, c: DeskContext): Promise<Response> {
  if (!(await hasCodes(desk, c))) return notFoundPage(desk, c);
  return page(desk, c, '');
}

export async function lookupResult(desk: Desk, c: DeskContext): Promise<Response> {
  if (!(await hasCodes(desk, c))) return notFoundPage(desk, c);
  const typed = c.get('form').get('code') ?? '';
  return page(desk, c, typed, await find(desk, c, typed));
}
