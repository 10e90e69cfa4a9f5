import { endsOn, firstEnd } from '../certificates.ts';
import { bad, type Check, codeOf, type Finding, none, well } from '../check.ts';
import { readJson } from '../web.ts';

const TODO = {
  de: 'Zugangsdaten und Leitung zu FIT-Connect prüfen',
  en: 'look at credentials and line to FIT-Connect',
};

/** Whether the delivery service lets the office in (RFC 6749, 4.4), and until when the roots of trust are valid. */
export const fitConnect: Check = {
  id: 'fitConnect',
  name: { de: 'FIT-Connect', en: 'FIT-Connect' },
  async look({ config, realAt }, enough) {
    const { fitConnect: given } = config.connections;
    if (!given) return [none('nicht verbunden', 'not connected')];
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
          ? well('Zugang erteilt', 'lets the office in')
          : bad({ de: 'gibt keinen Zugang', en: 'gives no token' }, TODO),
      );
    } catch (error) {
      const code = codeOf(error);
      lines.push(bad({ de: `gibt keinen Zugang (${code})`, en: `gives no token (${code})` }, TODO));
    }
    const roots = { de: 'Wurzelzertifikate', en: 'roots of trust' };
    const renew = {
      de: 'neue Wurzeln der Verwaltungs-PKI hinterlegen',
      en: 'put the new roots of the Verwaltungs-PKI in',
    };
    return [...lines, endsOn(roots, firstEnd(given.trusted), realAt, renew)];
  },
};
