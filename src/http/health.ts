import type { App } from './app.ts';

/** What the office needs before it may be sent citizens. */
export interface Readiness {
  database: boolean;
  /** The database takes what is written: its disk is neither full nor broken nor only to be read, as far as is known. */
  storage: boolean;
  migrations: boolean;
  /** How many services are compiled. */
  services: number;
  /** The office's date, which a shifted clock moves: whoever plays journeys asks for dates that fit. */
  today: string;
}

/**
 * `GET /health`: this process is alive. `GET /ready`: it can serve citizens, else 503.
 * @param readiness looks afresh at each call
 */
export function healthRoutes(app: App, readiness: () => Promise<Readiness>): void {
  app.get('/health', (c) => c.json({ status: 'alive' }));
  app.get('/ready', async (c) => {
    const facts = await readiness();
    const ready = facts.database && facts.storage && facts.migrations && facts.services > 0;
    return c.json({ status: ready ? 'ready' : 'notReady', ...facts }, ready ? 200 : 503);
  });
}
