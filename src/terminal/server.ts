import { contentSecurityPolicy, createApp, errorPage, listen } from '#http';
import type { Log } from '#log';
import type { Clock } from '#time';
import { assetRoutes, assets } from '#web';
import { eidRoutes } from './eid/routes.tsx';
import { createSdk } from './eid/sdk.ts';
import { createSessions } from './eid/session.ts';

export interface DeviceServerSettings {
  /** 0 = any free port. */
  port: number;
  /** An address of this machine itself; nothing else is listened on. */
  host: '127.0.0.1';
  /** `https://buergerbuero.example`: the only place people come from and go back to. */
  officeOrigin: string;
  /** 32 bytes that this program and the office share: with them it signs how a step ended. */
  key: Uint8Array;
  /** The AusweisApp's SDK, as a rule `ws://127.0.0.1:24727/eID-Kernel`. */
  ausweisapp: string;
  clock: Clock;
  log: Log;
  /** The city's colour as `#rrggbb`, its name, and the number under which it helps on the phone. */
  accent: string;
  city: string;
  phone: string;
  /** The site's name, shown in the header. */
  place?: string;
}

export interface DeviceServer {
  /** `http://127.0.0.1:<port>`: where the office sends the terminal's browser for a step at a device. */
  origin: string;
  /** Cancels what is running at the card and does not listen any more. */
  stop(): Promise<void>;
}

/** One person's pages and their styles; more is a program gone wild. */
const REQUESTS_PER_SECOND = 50;

/**
 * Starts the terminal's own small server for steps at its devices. It holds no data and knows no person: digits go
 * from the form to the card and are forgotten.
 * @throws Error when the office's origin is none, or when the port is taken
 */
export async function startDeviceServer(settings: DeviceServerSettings): Promise<DeviceServer> {
  const { officeOrigin, log, clock, host } = settings;
  if (new URL(officeOrigin).origin !== officeOrigin) throw new Error('officeOrigin must be an origin');
  const page = (status: number): string =>
    errorPage(status, { stylesheet: assets().css(settings.accent), phone: settings.phone });
  const sessions = createSessions({ sdk: createSdk(settings.ausweisapp), clock, log });
  const door = await listen({
    host,
    port: settings.port,
    publicUrl: '',
    production: false,
    proxies: [],
    fromElsewhere: new Set(),
    requestsPerSecond: REQUESTS_PER_SECOND,
    errorPage: page,
    first: () => new Response(page(503), { status: 503 }),
  });
  const own = new URL(door.origin).host;
  const app = createApp({ log, errorPage: page });
  app.use(async (c, next) => {
    // By another name this machine is asked for by pages that have turned their name into its address.
    if (c.req.header('host') !== own) return c.html(page(421), 421);
    await next();
    // Cancelling leads back to the office, and a browser counts that redirect as part of the form.
    c.header('Content-Security-Policy', contentSecurityPolicy([officeOrigin]));
    return undefined;
  });
  app.route('/', assetRoutes());
  app.get('/', (c) => c.redirect(`${officeOrigin}/`, 303));
  app.route('/', eidRoutes(sessions, settings));
  door.use((request, bindings) => app.fetch(request, bindings));
  return {
    origin: door.origin,
    async stop() {
      await sessions.stop();
      await door.close();
    },
  };
}
