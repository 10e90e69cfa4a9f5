/**
 * A stand-in for a card terminal: ZVT over TCP for real, the card, its owner and the bank invented. It can be told to
 * misbehave, keeps its books over power cuts and lost connections, and reverses by itself what the register has not
 * acknowledged. The office loads it only when it is not in production.
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ZvtFormatError } from '#payment/zvt';
import { type Clock, createClock } from '#time';
import { type BankEntry, createBank } from './bank.ts';
import { type Activity, BEHAVIOURS, type Behaviour, type BehaviourName } from './behaviour.ts';
import { activityOf, serve } from './commands.ts';
import type { Device, DeviceTimes } from './device.ts';
import { createWire, GoneError, type Wire } from './wire.ts';

export type { BankEntry } from './bank.ts';
export { type Activity, BEHAVIOURS, type Behaviour, type BehaviourName } from './behaviour.ts';
export type { DeviceTimes } from './device.ts';

/** The register's password, as terminals come from the factory. */
export const PASSWORD = '123456';

export interface PaymentTerminalOptions {
  /** Port to listen on, 0 for any free one. */
  port: number;
  /** Address to listen on; stays on this machine unless said otherwise. */
  host?: string;
  clock?: Clock;
  times?: Partial<DeviceTimes>;
}

export interface RunningPaymentTerminal {
  host: string;
  port: number;
  /** How the payments from now on go. */
  behave(next: Behaviour | BehaviourName): void;
  behaviour(): Behaviour;
  /** Every payment the bank has ever authorised, and what became of it. */
  ledger(): readonly Readonly<BankEntry>[];
  /** Pulls the plug. The port stays taken, so that nobody else gets it, but nobody is answered. */
  powerOff(): void;
  /** Power is back: first it reverses what was not acknowledged. */
  powerOn(): void;
  isOn(): boolean;
  stop(): Promise<void>;
}

const TIMES: DeviceTimes = { paceMs: 2, customerMs: 60_000, answerMs: 5_000, repeatMs: 2_000, settleMs: 20 };

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** The machine without its network socket: books, power, and the accident that is to happen. */
function createMachine(clock: Clock, times: DeviceTimes) {
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
    hangUp,
  };
}

/**
 * Starts the card terminal.
 * @throws the listening error when the port is taken
 */
export async function startPaymentTerminal(options: PaymentTerminalOptions): Promise<RunningPaymentTerminal> {
  const host = options.host ?? '127.0.0.1';
  const machine = createMachine(options.clock ?? createClock(), { ...TIMES, ...options.times });
  const server = createServer((socket) => machine.accept(socket));
  const port = await listen(server, options.port, host);
  return {
    host,
    port,
    behave: (next) => machine.behave(typeof next === 'string' ? BEHAVIOURS[next] : next),
    behaviour: machine.behaviour,
    ledger: machine.bank.entries,
    powerOff: machine.powerOff,
    powerOn: machine.powerOn,
    isOn: machine.isOn,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        machine.powerOff();
      }),
  };
}
