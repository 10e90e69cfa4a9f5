import { connect } from 'node:net';
import { bad, type Check, codeOf, none, well } from '../check.ts';

/** Says nothing there: a terminal in the middle of a payment must not be disturbed. */
function reach(host: string, port: number, enough: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    enough.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.end();
      resolve();
    });
  });
}

/** Whether each card terminal answers on its port. */
export const cardTerminals: Check = {
  id: 'cardTerminals',
  name: { de: 'Kartenterminals', en: 'card terminals' },
  async look({ config }, enough) {
    const given = config.connections.cardTerminals ?? [];
    if (given.length === 0) return [none('keine', 'none')];
    return Promise.all(
      given.map(async ({ terminal, host, port }) => {
        try {
          await reach(host, port, enough);
          return well(`${terminal} erreichbar`, `${terminal} reachable`);
        } catch (error) {
          return bad(
            {
              de: `${terminal} nicht erreichbar (${codeOf(error)})`,
              en: `${terminal} cannot be reached (${codeOf(error)})`,
            },
            {
              de: 'Gerät und Netz prüfen; während einer Zahlung noch einmal versuchen',
              en: 'look at machine and line; try again if a payment was under way',
            },
          );
        }
      }),
    );
  },
};
