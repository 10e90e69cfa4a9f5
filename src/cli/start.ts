import { readCall, refuseCall } from '#call';
import { openOffice } from '../server.ts';
import { officeSettings } from './settings.ts';

const START = {
  name: 'start',
  help: `./amtomat start [--port 8080] [--host 127.0.0.1] [--data FOLDER]
  Opens the office and keeps it open until a signal ends it.
  --port N       its port; 0 takes one that is free
  --host ADDRESS its address on this machine
  --data FOLDER  its data folder, made where there is none (default ./data of the program)
  Settings are environment variables: ./amtomat help names them.

Example
  ./amtomat start --port 8080 --data /var/lib/amtomat`,
  options: { port: 'text', host: 'text', data: 'text' },
} as const;

const LAST_PORT = 65_535;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Opens the office and keeps it open until a signal ends it; a second signal ends it at once. */
export async function run(argv: readonly string[]): Promise<number | undefined> {
  const call = readCall(START, argv);
  if (typeof call === 'number') return call;
  const { port } = call.options;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= LAST_PORT))
    return refuseCall(START, `--port ${port} is no number from 0 to ${LAST_PORT}`);
  const { config, city } = officeSettings(argv);
  const stopping = new AbortController();
  const opening = openOffice(config, city, undefined, undefined, undefined, stopping.signal);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    stopping.abort();
    const office = await opening.catch(() => undefined);
    await office?.close();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void end());
  const opened = await opening.catch((error: unknown) => {
    // Whoever ends it while it waits for its database need not read what it waited for.
    if (!ending) throw error;
  });
  if (!opened || ending) return undefined;
  const { origin, metrics, staff } = opened;
  const [site] = city.sites.values();
  // One write, so that whoever waits for the first line has the others too.
  console.log(
    [
      `ready ${origin}`,
      `  home      ${origin}/`,
      `  terminal  ${origin}/terminal${config.production ? '' : `/${site?.terminals[0]}`}`,
      `  desk      ${origin}/desk`,
      ...staff.map(({ name, description }) => `            sign in as ${name} (${description})`),
      ...(metrics ? [`  metrics   ${metrics}/metrics`] : []),
      ...(config.sandbox ? [`  sandbox   ${origin}/sandbox`] : []),
    ].join('\n'),
  );
  return undefined;
}
