import { bad, type Check, codeOf, none, well } from '../check.ts';
import { readJson } from '../web.ts';

const TODO = {
  de: 'AMTOMAT_OIDC_ISSUER, Netz und Anbieter prüfen',
  en: 'look at AMTOMAT_OIDC_ISSUER, the line and the provider',
};

/** Whether the provider that signs staff in is there and is the one that was meant (OpenID Connect Discovery 1.0, 4.3). */
export const staff: Check = {
  id: 'staff',
  name: { de: 'Anmeldung der Mitarbeitenden', en: 'staff sign-in' },
  async look({ config }, enough) {
    const { issuer } = config.oidc;
    if (!issuer) return [none('erfundene Personen (Probebetrieb)', 'invented people (a trial)')];
    const { host } = new URL(issuer);
    try {
      const discovery = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
      const said = await readJson(discovery, {}, enough);
      if (said.issuer === issuer) return [well(`${host} erreichbar`, `${host} reachable`)];
      return [bad({ de: `${host} nennt sich anders`, en: `${host} calls itself something else` }, TODO)];
    } catch (error) {
      return [
        bad(
          {
            de: `${host} nicht erreichbar (${codeOf(error)})`,
            en: `${host} cannot be reached (${codeOf(error)})`,
          },
          TODO,
        ),
      ];
    }
  },
};
