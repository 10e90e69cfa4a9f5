import { isOld, readQueue } from '#outbox';
import { type Check, NO_OFFICE, soon, well } from '../check.ts';

/** What is on its way, how old it is, and what stands still. */
export const deliveries: Check = {
  id: 'deliveries',
  name: { de: 'Zustellungen', en: 'deliveries' },
  async look({ db, at }) {
    if (!db) return [NO_OFFICE];
    const lanes = await readQueue(db, at);
    const parked = lanes.reduce((sum, lane) => sum + lane.parked, 0);
    const lines = lanes
      .filter((lane) => isOld(lane, at))
      .map(({ channel, destination, waiting, oldest }) => {
        const minutes = Math.floor((at.getTime() - (oldest ?? at).getTime()) / 60_000);
        const to = destination ? `${channel}/${destination}` : channel;
        return soon(
          {
            de: `${to}: ${waiting} warten, der älteste seit ${minutes} min`,
            en: `${to}: ${waiting} wait, the oldest for ${minutes} min`,
          },
          { de: 'Empfänger erreichbar?', en: 'is the receiver there?' },
        );
      });
    if (parked > 0)
      lines.push(
        soon(
          { de: `${parked} stehen still`, en: `${parked} stand still` },
          { de: 'im Amt unter „Hinweise“ ansehen', en: 'look at "Hinweise" at the desk' },
        ),
      );
    return lines.length > 0 ? lines : [well('nichts wartet zu lange', 'nothing waits for too long')];
  },
};
