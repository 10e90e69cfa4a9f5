import { boundedFetch } from '#outgoing';
import { bad, type Check, codeOf, none, well } from '../check.ts';
import { BOUNDS } from '../web.ts';
import { named, says, todo } from '../words.ts';

/** Whether the pay page's service answers; nothing is ordered. */
export const payPage: Check = {
  id: 'payPage',
  name: named((w) => w.payPage),
  async look({ config }, enough) {
    const { payPage: given } = config.connections;
    if (!given) return [none(says((w) => w.notConnected))];
    const { host } = new URL(given.url);
    let why: string;
    try {
      const look = boundedFetch({ ...BOUNDS, enough });
      const answer = await look(given.url, { method: 'HEAD', redirect: 'manual' });
      if (answer.status < 500) return [well(says((w) => w.reachable({ host })))];
      why = `HTTP_${answer.status}`;
    } catch (error) {
      why = codeOf(error);
    }
    return [
      bad(
        says((w) => w.notReachable({ host, code: why })),
        todo((w) => w.payPage),
      ),
    ];
  },
};
