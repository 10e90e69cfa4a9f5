/** Virtual identity cards: what a card does with PIN, CAN and PUK, and nothing else. */

export interface VirtualCard {
  /** Five digits, until an own PIN has been set. */
  transportPin?: string | undefined;
  /** Six digits, once it has been set. */
  pin?: string | undefined;
  can: string;
  puk: string;
  /** How often the PUK can still be used, 10 when new. */
  pukUses: number;
  /** Tries left for the PIN, 0 to 3. */
  retryCounter: number;
  /** The online function is switched off. */
  deactivated: boolean;
  /** No card of the German ID family, or a dead chip: the app cannot tell it from no card at all. */
  faulty: boolean;
  /** Its holder lifts it while it is told that; `taken`: it has done what it was told all the same. */
  lifted?: { during: 'PIN' | 'CAN' | 'PUK' | 'NEW_PIN'; taken: boolean } | undefined;
  /** What the app learns about the PUK once the right one was entered. */
  inoperative: boolean;
}

const FRESH: VirtualCard = {
  pin: '384716',
  can: '509137',
  puk: '8264917350',
  pukUses: 10,
  retryCounter: 3,
  deactivated: false,
  faulty: false,
  inoperative: false,
};

/** What test persons bring along. */
const CARDS = {
  transport: { ...FRESH, pin: undefined, transportPin: '72518' },
  own: FRESH,
  oneTryLeft: { ...FRESH, retryCounter: 1 },
  blocked: { ...FRESH, retryCounter: 0 },
  pukUsedUp: { ...FRESH, retryCounter: 0, pukUses: 0 },
  deactivated: { ...FRESH, deactivated: true },
  faulty: { ...FRESH, faulty: true },
  lifted: { ...FRESH, lifted: { during: 'NEW_PIN', taken: true } },
} as const satisfies Record<string, VirtualCard>;

export type CardName = keyof typeof CARDS;
export const CARD_NAMES: readonly CardName[] = [
  'transport',
  'own',
  'oneTryLeft',
  'blocked',
  'pukUsedUp',
  'deactivated',
  'faulty',
  'lifted',
];

/** @returns a card of that kind as it is in the beginning, with changes */
export function virtualCard(name: CardName, changes: Partial<VirtualCard> = {}): VirtualCard {
  return { ...CARDS[name], ...changes };
}

/** Tries a PIN, as the chip does: a wrong one costs a try, the right one gives all three back. */
export function tryPin(card: VirtualCard, pin: string): boolean {
  const isRight = pin === (card.transportPin ?? card.pin);
  card.retryCounter = isRight ? 3 : card.retryCounter - 1;
  return isRight;
}

/** Tries a PUK: the right one unblocks the PIN and is used up a little; a wrong one costs nothing. */
export function tryPuk(card: VirtualCard, puk: string): boolean {
  if (puk !== card.puk) return false;
  card.inoperative = card.pukUses === 0;
  if (card.inoperative) return false;
  card.pukUses -= 1;
  card.retryCounter = 3;
  return true;
}
