import { boundedFetch } from '#outgoing';
import { bad, type Check, codeOf, none, well } from '../check.ts';
import { BOUNDS } from '../web.ts';

/** Whether the pay page's service answers; nothing is ordered. */
export const payPage: Check = {
  id: 'payPage',
  name: { de: 'Bezahlseite', en: 'pay page' },
  async look({ config }, enough) {
    const { payPage: given } = config.connections;
    if (!given) return [none('nicht verbunden', 'not connected')];
    const { host } = new URL(given.url);
    let why: string;
    try {
      const look = boundedFetch({ ...BOUNDS, enough });
      const answer = await look(given.url, { method: 'HEAD', redirect: 'manual' });
      if (answer.status < 500) return [well(`${host} erreichbar`, `${host} reachable`)];
      why = `HTTP_${answer.status}`;
    } catch (error) {
      why = codeOf(error);
    }
    return [
      bad(
        { de: `${host} nicht erreichbar (${why})`, en: `${host} cannot be reached (${why})` },
        { de: 'Leitung und Anbieter prüfen', en: 'look at the line and the provider' },
      ),
    ];
  },
};
