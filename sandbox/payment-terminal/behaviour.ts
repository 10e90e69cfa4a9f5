/** What can be cut off while it is going on. */
export type Activity = 'register' | 'pay' | 'reverse' | 'last' | 'endOfDay';

/** How the next payments go. Everything but `course` is an accident on top of it. */
export interface Behaviour {
  course: 'approve' | 'decline' | 'wrongPin' | 'abortedByCustomer' | 'timeOut' | 'printerNotReady';
  /** Happens once; what comes after it goes as usual. */
  cut?: {
    what: 'connection' | 'power';
    /** Before this message is sent or read, both directions counted from the command itself as 0; or at the bank. */
    at: number | 'beforeApproval' | 'afterApproval';
    during?: Activity;
    /** When the power returns, in milliseconds; left out: with `powerOn()`. */
    backAfterMs?: number;
  };
  /** `fragmented`: byte by byte. `late`: each message after a pause, and one more after everything is over. */
  delivery?: 'fragmented' | 'late';
  /** What the terminal says instead of the truth. */
  lie?: { amountCents?: number; currency?: number };
}

/** Behaviours by name, for a page to choose from. Power returns by itself, so that nobody is left with a dead device. */
export const BEHAVIOURS = {
  approve: { course: 'approve' },
  decline: { course: 'decline' },
  wrongPin: { course: 'wrongPin' },
  abortedByCustomer: { course: 'abortedByCustomer' },
  timeOut: { course: 'timeOut' },
  printerNotReady: { course: 'printerNotReady' },
  connectionLostBeforeApproval: {
    course: 'approve',
    cut: { what: 'connection', at: 'beforeApproval' },
  },
  connectionLostAfterApproval: {
    course: 'approve',
    cut: { what: 'connection', at: 'afterApproval' },
  },
  powerCut: { course: 'approve', cut: { what: 'power', at: 'afterApproval', backAfterMs: 5_000 } },
  fragmented: { course: 'approve', delivery: 'fragmented' },
  late: { course: 'approve', delivery: 'late' },
  wrongAmount: { course: 'approve', lie: { amountCents: 1 } },
} as const satisfies Record<string, Behaviour>;

export type BehaviourName = keyof typeof BEHAVIOURS;
