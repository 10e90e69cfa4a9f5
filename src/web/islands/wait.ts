/** Waits until something has happened outside the page, and then shows the page as it is now. */
import { island } from './dom.ts';

const AGAIN_MS = 2_000;
const pause = (ms = AGAIN_MS): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A form is under way: its answer is the next page, and loading this one again would cut it off. */
function isSending(): boolean {
  return document.querySelector('form[data-sent]') !== null;
}

/**
 * Asks an address that answers 204 when nothing has happened for a while; anything else is news. Where another page of this
 * person waits instead, it says when to ask again.
 * @param show shows that
 */
async function wait(address: string, show: () => void, host: HTMLElement): Promise<void> {
  for (;;) {
    try {
      // Taken off the page: nobody waits here any more.
      if (!host.isConnected) return;
      const { status, headers } = await fetch(address, { cache: 'no-store' });
      if (status === 204) {
        const later = Number(headers.get('retry-after') ?? 0);
        if (later > 0) await pause(later * 1_000);
        continue;
      }
      while (isSending()) await pause();
      if (!host.isConnected) return;
      return show();
    } catch {
      await pause();
    }
  }
}

export function defineWait(): void {
  island('am-wait', (host) => {
    const { href, to, press } = host.dataset;
    const show = (): void => {
      // What is typed on the page goes along with its form.
      if (press !== undefined) host.querySelector('button')?.click();
      else if (to === undefined) location.reload();
      else location.assign(to);
    };
    if (href !== undefined) void wait(href, show, host);
  });
}
