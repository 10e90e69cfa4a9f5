import { bad, type Check, codeOf, none, well } from '../check.ts';
import { readJson } from '../web.ts';
import { named, says, todo } from '../words.ts';

const TODO = todo((w) => w.staff);

/** Whether the provider that signs staff in is there and is the one that was meant (OpenID Connect Discovery 1.0, 4.3). */
export const staff: Check = {
  id: 'staff',
  name: named((w) => w.staff),
  async look({ config }, enough) {
    const { issuer } = config.oidc;
    if (!issuer) return [none(says((w) => w.inventedPeople))];
    const { host } = new URL(issuer);
    try {
      const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const said = await readJson(discovery, {}, enough);
      if (said.issuer === issuer) return [well(says((w) => w.reachable({ host })))];
      return [
        bad(
          says((w) => w.otherIssuer({ host })),
          TODO,
        ),
      ];
    } catch (error) {
      return [
        bad(
          says((w) => w.notReachable({ host, code: codeOf(error) })),
          TODO,
        ),
      ];
    }
  },
};
