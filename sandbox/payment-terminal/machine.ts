import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ZvtFormatError } from '#payment/zvt';
import type { Clock } from '#time';
import { type Bank, createBank } from './bank.ts';
import { type Activity, BEHAVIOURS, type Behaviour } from './behaviour.ts';
import { activityOf, serve } from './commands.ts';
import type { Device, DeviceTimes } from './device.ts';
import { createWire, GoneError, type Wire } from './wire.ts';

/** The register's password, as terminals come from the factory. */
export const PASSWORD = '123456';

export interface Machine {
  bank: Bank;
  powerOff(): void;
  powerOn(): void;
  isOn(): boolean;
  behaviour(): Behaviour;
  behave(next: Behaviour): void;
  /** A register has connected. */
  accept(socket: Socket): void;
}

/** The machine without its network socket: books, power, and the accident that is to happen. */
export function createMachine(clock: Clock, times: DeviceTimes): Machine {
  const bank = createBank();
  let behaviour: Behaviour = BEHAVIOURS.approve;
  let isOn = true;
  let settling = false;
  let activity: Activity | undefined;
  let index = 0;
  let wire: Wire | undefined;

  function hangUp(): void {
    activity = undefined;
    wire?.close();
    wire = undefined;
  }

  /** Reverses what the interruption has left unacknowledged; takes a moment, in which it is busy. */
  async function settle(): Promise<void> {
    if (settling || !isOn || bank.unfinished() === undefined) return;
    settling = true;
    await pause(times.settleMs);
    const entry = bank.unfinished();
    if (isOn && entry !== undefined) bank.book(bank.draftReversal(entry.trace));
    settling = false;
  }

  function powerOff(): void {
    isOn = false;
    hangUp();
  }

  function powerOn(): void {
    isOn = true;
    void settle();
  }

  function cutIf(at: number | 'beforeApproval' | 'afterApproval'): void {
    const { cut, ...rest } = behaviour;
    if (cut === undefined || cut.at !== at || activity !== (cut.during ?? 'pay')) return;
    behaviour = rest;
    if (cut.what === 'connection') hangUp();
    else {
      powerOff();
      if (cut.backAfterMs !== undefined) setTimeout(powerOn, cut.backAfterMs).unref();
    }
    throw new GoneError();
  }

  const device: Device = {
    bank,
    password: PASSWORD,
    times,
    now: () => clock.now(),
    behaviour: () => behaviour,
    isSettling: () => settling,
    done: () => {
      activity = undefined;
    },
    reach: cutIf,
  };

  /** Talks with a register that has just connected. A terminal has one register: the one before is gone. */
  async function talk(socket: Socket): Promise<void> {
    hangUp();
    const mine = createWire(
      socket,
      () => behaviour.delivery,
      (command) => {
        const starts = activityOf(command);
        if (activity === undefined && starts !== undefined) {
          activity = starts;
          index = 0;
        }
        cutIf(index);
        index += 1;
      },
    );
    wire = mine;
    try {
      await serve(mine, device);
    } catch (error) {
      if (!(error instanceof GoneError || error instanceof ZvtFormatError)) throw error;
    } finally {
      mine.close();
      if (wire === mine) hangUp();
      void settle();
    }
  }

  return {
    bank,
    powerOff,
    powerOn,
    isOn: () => isOn,
    behaviour: () => behaviour,
    behave: (next: Behaviour) => {
      behaviour = next;
    },
    accept: (socket: Socket) => {
      if (isOn) void talk(socket);
      else socket.destroy();
    },
  };
}
