import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Family, gauge } from './text.ts';

const NANO = 1e-9;
const QUANTILES = [0.5, 0.99, 1];
/** How often it is looked at; what is told of a look holds that time as well. */
const LOOK_MS = 20;

/** What this process needs of the machine. */
export interface ProcessWatch {
  /** Since it was asked before. */
  families(): Family[];
  close(): void;
}

/** Begins to watch how late the event loop is. */
export function watchProcess(): ProcessWatch {
  const delay = monitorEventLoopDelay({ resolution: LOOK_MS });
  delay.enable();
  return {
    families() {
      const late = QUANTILES.map((quantile) => {
        const value = quantile === 1 ? delay.max : delay.percentile(quantile * 100);
        // Nothing was seen since the last look.
        return [
          { quantile: String(quantile) },
          delay.count === 0 ? 0 : Math.max(0, value * NANO - LOOK_MS / 1_000),
        ] as const;
      });
      delay.reset();
      const { rss, heapUsed, external } = process.memoryUsage();
      return [
        gauge('amtomat_event_loop_delay_seconds', 'How late the event loop was since the last look.', late),
        gauge('amtomat_memory_bytes', 'Memory of this process.', [
          [{ kind: 'rss' }, rss],
          [{ kind: 'heap' }, heapUsed],
          [{ kind: 'external' }, external],
        ]),
      ];
    },
    close: () => delay.disable(),
  };
}
