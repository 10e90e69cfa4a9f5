import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openToOthers } from './secret-files.ts';
import type { Config } from './settings.ts';

/** Long enough that it is not a word somebody thought of; what providers generate is longer. */
const SECRET_LENGTH = 16;
/** Nobody thinks of that many different characters without meaning to. */
const LEAST_CHARACTERS = 8;
/** A row on the keyboard or of the alphabet. */
const ROWS = ['0123456789012345', 'abcdefghijklmnopqrstuvwxyz', 'qwertzuiop', 'qwertyuiop'];
const ROW_LENGTH = 6;
const PLACEHOLDER = /secret|change.?me|default|example|passwor[dt]|^(amtomat|postgres)$|^(.)\2*$/i;

type Env = Readonly<Record<string, string | undefined>>;

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}

function isLocal(url: string): boolean {
  return URL.canParse(url) && /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(new URL(url).hostname);
}

/** Stands for a machine that is not named. */
const NO_HOST = 'no-host.invalid';

/** @returns whether somebody may guess it: a placeholder, few characters over and over, or a row of the keyboard */
function isGuessable(secret: string): boolean {
  const small = secret.toLowerCase();
  const rows = ROWS.flatMap((row) => [row, [...row].reverse().join('')]);
  const parts = Array.from({ length: Math.max(small.length - ROW_LENGTH + 1, 0) }, (_, at) =>
    small.slice(at, at + ROW_LENGTH),
  );
  const few = new Set(small).size < Math.min(LEAST_CHARACTERS, small.length);
  return PLACEHOLDER.test(secret) || few || parts.some((part) => rows.some((row) => row.includes(part)));
}

function secretProblem(secret: string): string[] {
  if (secret === '') return ['AMTOMAT_OIDC_CLIENT_SECRET is missing'];
  if (isGuessable(secret)) return ['AMTOMAT_OIDC_CLIENT_SECRET is a default or placeholder'];
  if (secret.length < SECRET_LENGTH) {
    return [`AMTOMAT_OIDC_CLIENT_SECRET is shorter than ${SECRET_LENGTH} characters`];
  }
  return [];
}

function databaseProblem(url: string | undefined, env: Env): string[] {
  if (!url) return ['DATABASE_URL is missing: production does not run on the private PostgreSQL'];
  // An address may leave out the machine behind a name: the driver reads it then, `URL` does not.
  const text = url.replace('@/', `@${NO_HOST}/`);
  if (!URL.canParse(text)) return [];
  const address = new URL(text);
  const password = decodeURIComponent(address.password);
  const problems: string[] = [];
  // No password is fine: socket, certificate or a password file.
  if (password !== '' && (password === address.username || isGuessable(password)))
    problems.push('DATABASE_URL has a default or placeholder password');
  if (!isSafeWay(address, env))
    problems.push(
      'DATABASE_URL leads to another machine without TLS that is checked: add sslmode=verify-full (and sslrootcert=<file> where the certificate is of your own)',
    );
  return problems;
}

/** A socket, this very machine, or TLS that makes sure of the other side: other modes encrypt for whoever answers, or not at all. */
function isSafeWay({ hostname, searchParams }: URL, env: Env): boolean {
  const hosts = searchParams.getAll('host');
  // Where the address names no machine, the driver asks the environment.
  const named = hosts.at(-1) ?? decodeURIComponent(hostname).replace(NO_HOST, '');
  const host = named || (env.PGHOST ?? '');
  if (host === '' || host.startsWith('/') || /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/.test(host))
    return true;
  const modes = searchParams.getAll('sslmode');
  return modes.length === 1 && modes[0] === 'verify-full' && !searchParams.has('uselibpqcompat');
}

/** What keeps these settings from being used for real people, one line each; empty when nothing does. */
export function productionProblems(config: Config, env: Env): string[] {
  const problems = databaseProblem(config.databaseUrl, env);
  if (env.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    problems.push(
      'NODE_TLS_REJECT_UNAUTHORIZED=0 believes whoever answers: leave it out, and name a certificate of your own in NODE_EXTRA_CA_CERTS',
    );
  if (!isHttps(config.publicUrl) || isLocal(config.publicUrl)) {
    problems.push(
      config.publicUrl
        ? 'AMTOMAT_PUBLIC_URL must begin with https:// and be an address that people reach'
        : 'AMTOMAT_PUBLIC_URL is missing: the https:// origin under which people reach the office',
    );
  }
  if (config.requestsPerSecond === 0)
    problems.push(
      'AMTOMAT_RATE=0 lifts every limit for strangers: leave it out, or set what one client needs',
    );
  if (env.AMTOMAT_CLOCK) problems.push('AMTOMAT_CLOCK is set: in production the clock shows the real time');
  const { issuer, clientId, clientSecret } = config.oidc;
  if (!issuer) problems.push('AMTOMAT_OIDC_ISSUER is missing: the stand-in for staff sign-in stays out');
  else if (!isHttps(issuer) || isLocal(issuer)) {
    problems.push('AMTOMAT_OIDC_ISSUER must be an https:// address of a real provider, not a stand-in');
  }
  if (!clientId) problems.push('AMTOMAT_OIDC_CLIENT_ID is missing');
  problems.push(...secretProblem(clientSecret), ...keyProblems(config.keyFolder, ['house']));
  problems.push(...openKeyProblems(config.keyFolder, ['house']));
  return problems;
}

/**
 * @param folder where the keys live
 * @param names `house` and `office-<id>` for each office
 * @returns one line for each key file that is missing
 */
export function keyProblems(folder: string, names: readonly string[]): string[] {
  return names
    .map((name) => join(folder, `${name}.key`))
    .filter((file) => !existsSync(file))
    .map((file) => `${file}: key is missing (./amtomat keys makes it, once)`);
}

/** @returns one line for each of these key files that others than its owner may read */
export function openKeyProblems(folder: string, names: readonly string[]): string[] {
  return names
    .map((name) => openToOthers(join(folder, `${name}.key`)))
    .filter((problem) => problem !== undefined);
}
