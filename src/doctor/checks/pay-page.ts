import { bad, type Check, codeOf, none, well } from '../check.ts';

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
      const answer = await fetch(given.url, { method: 'HEAD', redirect: 'manual', signal: enough });
      await answer.body?.cancel();
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
