import type { Bank } from './bank.ts';
import type { Behaviour } from './behaviour.ts';

/** What the dialogue with a register needs of the machine around it. */
export interface Device {
  bank: Bank;
  password: string;
  times: DeviceTimes;
  now(): Date;
  behaviour(): Behaviour;
  /** Whether it is still putting its books in order after an interruption. */
  isSettling(): boolean;
  /** A command is over. */
  done(): void;
  /** Reaches a point at the bank. @throws GoneError when the cut is there */
  reach(point: 'beforeApproval' | 'afterApproval'): void;
}

/** All in milliseconds. */
export interface DeviceTimes {
  /** Between the steps of a payment; a person trying it out wants to see them. */
  paceMs: number;
  /** How long it waits for a card. */
  customerMs: number;
  /** T3: its message until the register's acknowledgement. */
  answerMs: number;
  /** Until it repeats a status information after "please wait". */
  repeatMs: number;
  /** How long its own reversal takes after an interruption. */
  settleMs: number;
}
