import { endsOn, firstEnd } from '../certificates.ts';
import { bad, type Check, codeOf, type Finding, none, well } from '../check.ts';
import { readJson } from '../web.ts';
import { named, says, todo } from '../words.ts';

const TODO = todo((w) => w.fitConnect);

/** Whether the delivery service lets the office in (RFC 6749, 4.4), and until when the roots of trust are valid. */
export const fitConnect: Check = {
  id: 'fitConnect',
  name: named((w) => w.fitConnect),
  async look({ config, realAt }, enough) {
    const { fitConnect: given } = config.connections;
    if (!given) return [none(says((w) => w.notConnected))];
    const lines: Finding[] = [];
    try {
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: given.clientId,
        client_secret: given.clientSecret.trim(),
      });
      const said = await readJson(given.tokenUrl, { method: 'POST', body }, enough);
      const isToken = typeof said.access_token === 'string';
      lines.push(
        isToken
          ? well(says((w) => w.letIn))
          : bad(
              says((w) => w.notLetIn),
              TODO,
            ),
      );
    } catch (error) {
      const code = codeOf(error);
      lines.push(
        bad(
          says((w) => w.notLetInCode({ code })),
          TODO,
        ),
      );
    }
    const roots = says((w) => w.roots);
    const renew = todo((w) => w.roots);
    return [...lines, endsOn(roots, firstEnd(given.trusted), realAt, renew)];
  },
};
