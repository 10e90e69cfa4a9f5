/** Who comes with a code by letter instead of signing in: only the office's own check says that it is one. */
import { readCode } from '#seal';
import {
  bondOf,
  clientOf,
  codeErrorSaid,
  digestOf,
  first,
  pageOf,
  readOwnForm,
  setBond,
  typedAgain,
} from '#visit';
import type { At } from './kinds/kind.ts';
import { LETTER_CODE_REASONS, type LetterCodeError, letterCodePage } from './letter-code-page.tsx';
import { sectionsOf } from './sections.ts';
import { pageUrl } from './standing.ts';
import { takeIdentity } from './take-identity.ts';

const shellOf = ({ c, deps, here: { service, page, visit, walked } }: At) =>
  pageOf(c, deps, '', {
    ...{ service: service.slug, about: service.texts[visit.language].title },
    ...sectionsOf(service, page.id, visit.language, walked),
  });

/** Shows the page with the field for the code, where the page takes one. */
export async function showLetterCode(at: At): Promise<Response> {
  const { c, deps, here } = at;
  if (!here.page.identify?.letterCode) return c.notFound();
  const { fields = {}, said = [] } = (await typedAgain(c, deps)) ?? {};
  const typed = first(fields, 'code');
  setBond(c);
  return c.html(letterCodePage(shellOf(at), here, typed, codeErrorSaid(typed, said, LETTER_CODE_REASONS)));
}

/** Takes the code: what the office wrote on the letter goes into the draft. */
export async function takeLetterCode(at: At): Promise<Response> {
  const { c, deps, here } = at;
  const typed = first((await readOwnForm(c)).fields, 'code');
  if (!here.page.identify?.letterCode) return c.notFound();
  const { service, visit } = here;
  const refuse = (error: LetterCodeError, status: 422 | 429) =>
    c.html(letterCodePage(shellOf(at), here, typed, error), status);
  const code = readCode(typed);
  if (typeof code === 'object') return refuse({ field: 'code', ...code }, 422);
  const digest = digestOf(code);
  // Sent once more, because the first answer to it never came: it was taken.
  const isTaken = here.draft.identity?.provider === 'letterCode' && visit.secret.shown?.digest === digest;
  if (isTaken) return c.redirect(pageUrl(service, here.page), 303);
  const used = await deps.letterCodes.use(service.slug, code, clientOf(c, deps.config.proxies));
  if (used.ok) {
    const { identity } = used;
    const told = await takeIdentity(c, deps, here, {
      digest,
      bond: bondOf(c),
      identify: async () => identity,
    });
    return c.redirect(told, 303);
  }
  await deps.count({ visit, service }, 'identity', 'refused');
  if (used.reason !== 'slowed') return refuse({ code: used.reason }, 422);
  c.header('Retry-After', String(used.retryAfterSeconds));
  return refuse({ code: 'slowed', seconds: used.retryAfterSeconds }, 429);
}
