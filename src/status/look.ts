/** What somebody writes to the office stays when only the look of the page changes, also where their visit has run out. */
import { type FormKeeper, type SentForm, type TypedAway, takerOf } from '#visit';
import type { StatusDeps } from './deps.ts';
import { keepReply } from './reply.ts';

const CASE = '/status/case';

/** @returns what keeps the forms of a case that its citizen has opened */
export function replyKeeper(deps: StatusDeps): FormKeeper {
  return (path) => {
    if (path.startsWith(`${CASE}/`)) return { isLost: true };
    if (path !== CASE) return undefined;
    return {
      isLost: false,
      away: unsent,
      async keep(c, form) {
        const visit = c.get('visit');
        if (visit?.secret.status) await keepReply(deps, visit, form, takerOf(c, deps));
        return ({ secret }) => {
          if (!secret.status) secret.typed = unsent(form);
        };
      },
    };
  };
}

/** An answer to the office whose visit has run out: number and code are asked for first. */
function unsent(form: SentForm): TypedAway {
  const { number, text } = form.fields;
  const said = form.uploads.size > 0 ? 'files' : 'again';
  return { path: '/status', fields: { number: number ?? [], text: text ?? [] }, said: [said] };
}
