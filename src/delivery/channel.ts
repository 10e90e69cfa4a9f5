/** A case on its way. The channel fetches what it needs itself: the outbox holds nothing that was said. */
export interface Message {
  caseId: string;
  /** The same for every attempt at this message: the receiver recognises a repetition by it. */
  idempotencyKey: string;
}

/** One way of bringing a case to the office or authority that decides on it. */
export interface Channel {
  id: string;
  /**
   * Leads to other people's machines. Each destination is then brought one message at a time, by one node, and while
   * it is away only a message now and then, to find out.
   */
  outside?: boolean;
  /**
   * Returns when the receiver has it. May be called again for the same message, also after it succeeded (this
   * program can die before it writes that down), so the receiver must do nothing the second time.
   * @param enough ends the attempt: the office closes, or it took too long
   * @throws DeliveryError when it did not work
   */
  deliver(message: Message, enough?: AbortSignal): Promise<void>;
}

/** Delivery did not work. `temporary`: the receiver is not there at the moment, so it is worth waiting for days. */
export class DeliveryError extends Error {
  readonly code: string;
  readonly temporary: boolean;

  /** @param code lower-case words with dashes, such as `unreachable`; it is stored and shown at the desk */
  constructor(code: string, temporary: boolean) {
    super(`delivery failed: ${code}`);
    this.name = 'DeliveryError';
    this.code = /^[a-z0-9-]{1,40}$/.test(code) ? code : 'failed';
    this.temporary = temporary;
  }
}
