/**
 * An office as a process of its own, connected with stand-ins that run elsewhere and outlive it. Beside what the settings name it
 * has an authority whose keys no certificate vouches for; the command knows none like that.
 */
import { readFileSync } from 'node:fs';
import { loadCity } from '#city';
import { loadConfig } from '#config';
import type { FitConnectSettings } from '#delivery';
import { connectOutside, senderOf } from '../../src/outside.ts';
import { openOffice, type Tried } from '../../src/server.ts';

const [authorityFile = '', ...argv] = process.argv.slice(2);
const config = loadConfig(process.env, argv);
const { city } = loadCity(config.cityFolder);
if (!city) throw new Error('the city has problems');

const connect: Tried['connect'] = async ({ connections }, ground) => {
  const outside = connectOutside(connections, ground);
  for (const terminal of outside.cardTerminals.values()) ground.closing.defer(() => terminal.close());
  const known = JSON.parse(readFileSync(authorityFile, 'utf8')) as Omit<FitConnectSettings, 'certificates'>;
  const fitConnect = { ...known, certificates: async () => true, ...senderOf(ground.city) };
  return { ...outside, fitConnect: Promise.resolve(fitConnect) };
};

const office = await openOffice(config, city, undefined, undefined, { connect });
// Whoever started it asks how much memory it takes.
process.on('message', () => process.send?.(process.memoryUsage()));
process.on('SIGTERM', () => void office.close().then(() => process.exit(0)));
process.stdout.write(`ready ${office.origin}\n`);
