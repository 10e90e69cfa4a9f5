import { loadConfig } from '#config';
import { openOffice } from '../server.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Opens the office and keeps it open until a signal ends it; a second signal ends it at once. */
export async function run(argv: readonly string[]): Promise<undefined> {
  const config = loadConfig(process.env, argv);
  const opening = openOffice(config);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) process.exit(1);
    ending = true;
    const office = await opening.catch(() => undefined);
    await office?.close();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.on(signal, () => void end());
  const { origin } = await opening;
  if (ending) return;
  console.log(`ready ${origin}`);
  console.log(`  home      ${origin}/`);
  console.log(`  terminal  ${origin}/terminal/rathaus-1`);
  console.log(`  desk      ${origin}/desk`);
}
