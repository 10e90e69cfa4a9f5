import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isSigner, SIGNERS, type SignerName } from '#documents';
import { createClock, parseClockSetting } from '#time';
import { readConnections } from './connections.ts';
import { unknownSettings } from './known.ts';
import { readOidc } from './oidc.ts';
import { ConfigError } from './problems.ts';
import { productionProblems } from './production.ts';
import type { Config, LogLevel } from './settings.ts';

const LOG_LEVELS: readonly LogLevel[] = ['silent', 'error', 'warn', 'info'];

/** The program's own folder: the one with `package.json`, above the sources as well as above the bundle. */
export function homeFolder(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const above = dirname(from);
  if (above === from) throw new Error('the program has lost its folder: no package.json above it');
  return homeFolder(above);
}

/** @returns the version of this program, as its package says */
export function programVersion(): string {
  const said: unknown = JSON.parse(readFileSync(join(homeFolder(), 'package.json'), 'utf8'));
  return typeof said === 'object' && said !== null && 'version' in said ? String(said.version) : 'unknown';
}

interface Flags {
  port?: string;
  host?: string;
  data?: string;
}

function readFlags(argv: readonly string[], problems: string[]): Flags {
  try {
    const text = { type: 'string' } as const;
    return parseArgs({ args: [...argv], options: { port: text, host: text, data: text } }).values;
  } catch (error) {
    problems.push((error as Error).message);
    return {};
  }
}

function readNumber(name: string, text: string, most: number, problems: string[]): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= most) return value;
  problems.push(`${name}="${text}" is not a whole number from 0 to ${most}`);
  return 0;
}

function readOrigin(name: string, text: string, problems: string[]): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
  problems.push(`${name}="${text}" is not an origin such as https://amt.example.de`);
  return text;
}

/** Nowhere in particular: as a proxy's address they would mean everybody, whose word about others must not count. */
const NOWHERE = /^(?:0+[.:]*)+$|^:*$|^::(?:ffff:)?(?:0+[.:]*)+$/i;

function readProxies(text: string, problems: string[]): string[] {
  const all = text.split(',').map((one) => one.trim());
  const proxies = all.filter(Boolean);
  for (const one of proxies) {
    if (isIP(one) !== 0 && !NOWHERE.test(one)) continue;
    problems.push(`AMTOMAT_PROXY="${one}" is not the address of a reverse proxy such as 10.0.0.1 or ::1`);
  }
  return proxies;
}

function readMetrics(text: string | undefined, own: string, problems: string[]): Config['metrics'] {
  if (!text) return undefined;
  const [, host = '', port = ''] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  const address = host.replace(/^\[(.*)\]$/, '$1');
  if ((isIP(address) === 0 && address !== 'localhost') || Number(port) > 65_535) {
    problems.push(`AMTOMAT_METRICS="${text}" is not an address and a port such as 127.0.0.1:9464`);
    return undefined;
  }
  if (port !== '0' && Number(port) === Number(own))
    problems.push(
      `AMTOMAT_METRICS="${text}": the office itself has this port; measures need one of their own`,
    );
  return { host: address, port: Number(port) };
}

function readSigner(text: string, problems: string[]): SignerName {
  if (isSigner(text)) return text;
  problems.push(
    `AMTOMAT_SIGNER="${text}" is no way of signing papers; there is: ${Object.keys(SIGNERS).join(', ')}`,
  );
  return 'none';
}

function readClock(setting: string | undefined, startedAt: number, problems: string[]): number {
  try {
    return parseClockSetting(setting, startedAt);
  } catch (error) {
    problems.push((error as Error).message);
    return 0;
  }
}

function readDatabaseUrl(text: string | undefined, problems: string[]): string | undefined {
  if (!text) return undefined;
  // The value may hold a password: it is never repeated.
  if (!/^postgres(ql)?:\/\//.test(text)) problems.push('DATABASE_URL is not a postgresql:// address');
  return text;
}

/**
 * Reads the settings and lists what is wrong with them, without throwing.
 * @param env the environment variables
 * @param argv the words after the command, for example `['--port', '8080']`
 * @param realNow the real time in milliseconds, for `AMTOMAT_CLOCK` as an instant
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  realNow: number = createClock().now().getTime(),
): { config: Config; problems: string[] } {
  const problems = unknownSettings(env);
  const flags = readFlags(argv, problems);
  const home = homeFolder();
  const dataFolder = resolve(flags.data ?? join(home, 'data'));
  const production = env.AMTOMAT_ENV === 'production';
  if (!['', 'production', 'try', undefined].includes(env.AMTOMAT_ENV)) {
    problems.push(`AMTOMAT_ENV="${env.AMTOMAT_ENV}" is neither production nor try`);
  }
  const logLevel = env.AMTOMAT_LOG || (production ? 'info' : 'warn');
  if (!LOG_LEVELS.includes(logLevel as LogLevel)) {
    problems.push(`AMTOMAT_LOG="${logLevel}" is none of ${LOG_LEVELS.join(', ')}`);
  }
  const city = env.AMTOMAT_CITY || 'karlsruhe';
  const cityFolder = city.includes('/') ? resolve(city) : join(home, 'city', city);
  const { connections, problems: unconnected } = env.AMTOMAT_CONNECTIONS
    ? readConnections(resolve(env.AMTOMAT_CONNECTIONS), production, env.CREDENTIALS_DIRECTORY)
    : { connections: {}, problems: [] };
  problems.push(...unconnected);
  const config: Config = {
    host: flags.host ?? '127.0.0.1',
    port: readNumber('--port', flags.port ?? '8080', 65_535, problems),
    dataFolder,
    databaseUrl: readDatabaseUrl(env.DATABASE_URL, problems),
    keyFolder: resolve(env.AMTOMAT_KEYS || join(dataFolder, 'keys')),
    production,
    cityFolder,
    servicesFolder: join(home, 'services'),
    publicUrl: env.AMTOMAT_PUBLIC_URL
      ? readOrigin('AMTOMAT_PUBLIC_URL', env.AMTOMAT_PUBLIC_URL, problems)
      : '',
    clockOffsetMs: readClock(env.AMTOMAT_CLOCK, realNow, problems),
    sandbox: !production && !env.AMTOMAT_OIDC_ISSUER,
    oidc: readOidc(env, problems),
    connections,
    proxies: readProxies(env.AMTOMAT_PROXY ?? '', problems),
    requestsPerSecond: readNumber('AMTOMAT_RATE', env.AMTOMAT_RATE || '100', 1_000_000, problems),
    metrics: readMetrics(env.AMTOMAT_METRICS, flags.port ?? '8080', problems),
    logLevel: logLevel as LogLevel,
    signer: readSigner(env.AMTOMAT_SIGNER || 'none', problems),
    searchPath: env.PATH ?? '',
  };
  if (production) problems.push(...productionProblems(config, env));
  else problems.push(...incompleteOidc(config));
  return { config, problems };
}

function incompleteOidc({ oidc }: Config): string[] {
  if (!oidc.issuer || (oidc.clientId && oidc.clientSecret)) return [];
  return ['AMTOMAT_OIDC_ISSUER is set, so AMTOMAT_OIDC_CLIENT_ID and AMTOMAT_OIDC_CLIENT_SECRET are needed'];
}

/**
 * Reads the settings of an office node.
 * @param env the environment variables
 * @param argv the words after the command
 * @param realNow the real time in milliseconds, for `AMTOMAT_CLOCK` as an instant
 * @throws ConfigError naming every setting that is missing or wrong
 */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
  realNow?: number,
): Config {
  const { config, problems } = readConfig(env, argv, realNow);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
