/**
 * A stand-in for a card terminal: ZVT over TCP for real, the card, its owner and the bank invented. It can be told to
 * misbehave, keeps its books over power cuts and lost connections, and reverses by itself what the register has not
 * acknowledged. The office loads it only when it is not in production.
 */
import { type AddressInfo, createServer, type Server } from 'node:net';
import { type Clock, createClock } from '#time';
import type { BankEntry } from './bank.ts';
import { BEHAVIOURS, type Behaviour, type BehaviourName } from './behaviour.ts';
import type { DeviceTimes } from './device.ts';
import { createMachine } from './machine.ts';

export type { BankEntry } from './bank.ts';
export { type Activity, BEHAVIOURS, type Behaviour, type BehaviourName } from './behaviour.ts';
export type { DeviceTimes } from './device.ts';
export { PASSWORD } from './machine.ts';

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
