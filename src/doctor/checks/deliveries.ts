import { isOld, readQueue } from '#outbox';
import { type Check, NO_OFFICE, soon, well } from '../check.ts';
import { named, says, todo } from '../words.ts';

/** What is on its way, how old it is, and what stands still. */
export const deliveries: Check = {
  id: 'deliveries',
  name: named((w) => w.deliveries),
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
          says((w) => w.waiting({ to, count: waiting, minutes })),
          todo((w) => w.receiver),
        );
      });
    if (parked > 0)
      lines.push(
        soon(
          says((w) => w.parked({ count: parked })),
          todo((w) => w.parked),
        ),
      );
    return lines.length > 0 ? lines : [well(says((w) => w.nothingWaits))];
  },
};
