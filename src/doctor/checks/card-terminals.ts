import { connect } from 'node:net';
import { bad, type Check, codeOf, none, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

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
  name: named((w) => w.cardTerminals),
  async look({ config }, enough) {
    const given = config.connections.cardTerminals ?? [];
    if (given.length === 0) return [none(says((w) => w.none))];
    return Promise.all(
      given.map(async ({ terminal, host, port }) => {
        try {
          await reach(host, port, enough);
          return well(says((w) => w.reachable({ host: terminal })));
        } catch (error) {
          return bad(
            says((w) => w.notReachable({ host: terminal, code: codeOf(error) })),
            todo((w) => w.cardTerminals),
          );
        }
      }),
    );
  },
};
