/** How paying stands, in words and pictures. */
import type { CardStatus, PaymentReason, Way } from '#payment';
import type { DeviceSide } from './pay-picture.tsx';
import type { payWords } from './words.ts';

type Words = ReturnType<typeof payWords>;

const PICTURES: Record<CardStatus, string> = {
  ...{ insertCard: 'bankCard', enterPin: 'keyboard', wrongPin: 'keyboard', choose: 'cardTerminal' },
  ...{ pleaseWait: 'hourglass', removeCard: 'bankCard', cardUnreadable: 'bankCard', cardRefused: 'error' },
  ...{ approved: 'success', declined: 'error', aborted: 'cross', reversing: 'back' },
};

/** @returns the pictogram for what the person shall do at the card terminal now */
export function statusPicture(status: CardStatus | undefined): string {
  return status === undefined ? 'hourglass' : PICTURES[status];
}

/** @returns what the person shall do at the card terminal now */
export function statusText(status: CardStatus | undefined, w: Words): string {
  const texts: Record<CardStatus, string> = {
    ...{ insertCard: w.insertCard, enterPin: w.enterPin, wrongPin: w.reasonPin, choose: w.choose },
    ...{ pleaseWait: w.pleaseWait, removeCard: w.removeCard, cardUnreadable: w.cardUnreadable },
    ...{ cardRefused: w.reasonDeclined, approved: w.approved, declined: w.reasonDeclined },
    ...{ aborted: w.reasonEnded, reversing: w.reversing },
  };
  return status === undefined ? w.pleaseWait : texts[status];
}

/** @returns what the person shall do with the card, where it is known on which side the card terminal hangs */
export function insertAt(side: DeviceSide, w: Words): string {
  return { left: w.insertLeft, right: w.insertRight, below: w.insertBelow }[side];
}

/** Why the last try to pay did not work; `takenBack`: the card terminal has taken back what it had approved. */
export type PayTrouble = PaymentReason | 'takenBack';

/**
 * @param way of the last try
 * @param other whether there is another way here
 * @returns why it did not work; undefined when there is nothing to say about it
 */
export function reasonText(
  reason: PayTrouble | null,
  { way, other }: { way: Way | null; other: boolean },
  w: Words,
): string | undefined {
  const orElse = (text: string): string => (other ? `${text} ${w.otherWay}` : text);
  switch (reason) {
    case 'declined':
      return w.reasonDeclined;
    case 'wrongPin':
      return w.reasonPin;
    case 'aborted':
      // Its own button and its own patience end it in the same way.
      return way === 'card' ? w.reasonEnded : w.reasonAborted;
    case 'cancelled':
    case 'givenUp':
      return w.reasonAborted;
    case 'timeout':
      return way === 'card' ? orElse(w.reasonLost) : w.reasonTimeout;
    case 'expired':
      return w.reasonTimeout;
    case 'takenBack':
      return w.reasonTakenBack;
    case 'busy':
      return orElse(w.reasonBusy);
    case 'refused':
      return w.reasonPage;
    case null:
    case 'superseded':
      return undefined;
    default:
      if (way !== 'page') return orElse(reason === 'unreachable' ? w.reasonLost : w.reasonTerminal);
      return reason === 'unreachable' ? w.reasonPageAway : w.reasonPage;
  }
}
