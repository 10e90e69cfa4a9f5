/** Waits until something has happened outside the page, and then shows the page as it is now. */
import { island } from './dom.ts';

const AGAIN_MS = 2_000;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, AGAIN_MS));

/** A form is under way: its answer is the next page, and loading this one again would cut it off. */
function isSending(): boolean {
  return document.querySelector('form[data-sent]') !== null;
}

/** Asks an address that answers 204 when nothing has happened for a while; anything else is news. */
async function wait(address: string): Promise<void> {
  for (;;) {
    try {
      const { status } = await fetch(address, { cache: 'no-store' });
      if (status === 204) continue;
      while (isSending()) await pause();
      return location.reload();
    } catch {
      await pause();
    }
  }
}

export function defineWait(): void {
  island('am-wait', (host) => {
    const { href } = host.dataset;
    if (href !== undefined) void wait(href);
  });
}
