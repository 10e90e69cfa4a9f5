/**
 * LemonLDAP::NG, a provider of OpenID Connect that nobody here wrote, as Debian packages it: with a configuration, a
 * folder and a port of its own, its demonstration users (`rtyler`, `msmith`, `dwho`) and their names as passwords.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Answer, Client } from '#test/client';

/** An office that it knows. */
export interface LemonClient {
  id: string;
  secret: string;
  /** Origin of the desk. */
  office: string;
  /** Session variables told as claims, as `variable;type;auto`: a list of one then comes as a string. */
  claims: Readonly<Record<string, string>>;
  /** Whether the ID token has the claims too, or only the userinfo endpoint. */
  inIdToken?: boolean;
  /** Anything else of `oidcRPMetaDataOptions`, by the end of its name. */
  options?: Readonly<Record<string, unknown>>;
}

export interface Lemon {
  issuer: string;
  /** Reads its configuration; nothing can be asked before. */
  open(clients: readonly LemonClient[]): Promise<void>;
  stop(): Promise<void>;
}

const PERL = '/usr/bin/perl';
/** Tells its port, then waits for a line before it reads its configuration: the offices are made in between. */
const PROGRAM = `
use IO::Socket::INET;
use HTTP::Server::PSGI;
$| = 1;
my $socket = IO::Socket::INET->new(Listen => 50, LocalAddr => '127.0.0.1', Proto => 'tcp') or die;
print $socket->sockport, "\\n";
<STDIN>;
require Lemonldap::NG::Portal::Main;
my $app = Lemonldap::NG::Portal::Main->run({});
HTTP::Server::PSGI->new(listen_sock => $socket)->run($app);
`;

/** @returns whether Debian's packages are here */
export function hasLemon(): boolean {
  const modules = ['Lemonldap::NG::Portal::Issuer::OpenIDConnect', 'HTTP::Server::PSGI'].map(
    (name) => `-M${name}`,
  );
  return spawnSync(PERL, [...modules, '-e', '1'], { stdio: 'ignore' }).status === 0;
}

const GROUPS = {
  'Amt 33 Bürgeramt': "$uid eq 'rtyler' or $uid eq 'msmith'",
  'G-Leitung': "$uid eq 'rtyler'",
  'G-Buero': "$uid ne 'dwho'",
};
/** Variables of a session: several values stand in one text, parted by `; `. */
const MACROS = {
  amtOffices: "$uid eq 'dwho' ? 'gartenamt' : $uid eq 'rtyler' ? 'oa; standesamt' : 'oa'",
  amtRoles: "$uid eq 'rtyler' ? 'clerk; lead' : 'clerk'",
};

function optionsOf(client: LemonClient): Record<string, unknown> {
  const options = {
    ClientID: client.id,
    ClientSecret: client.secret,
    RedirectUris: `${client.office}/desk/callback`,
    PostLogoutRedirectUris: `${client.office}/desk/signed-out`,
    BypassConsent: 1,
    // It asks all the same where the office shows no proof of whose session it is.
    LogoutBypassConfirm: 1,
    IDTokenSignAlg: 'RS256',
    IDTokenForceClaims: client.inIdToken ? 1 : 0,
    UserIDAttr: 'uid',
    ...client.options,
  };
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [`oidcRPMetaDataOptions${name}`, value]),
  );
}

function configuration(folder: string, issuer: string, clients: readonly LemonClient[]): string {
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const store = (name: string): Record<string, string> => {
    mkdirSync(join(folder, name, 'lock'), { recursive: true });
    return {
      Directory: join(folder, name),
      LockDirectory: join(folder, name, 'lock'),
      generateModule: 'Lemonldap::NG::Common::Apache::Session::Generate::SHA256',
    };
  };
  const of = <T>(read: (client: LemonClient) => T) =>
    Object.fromEntries(clients.map((client) => [client.id, read(client)]));
  return JSON.stringify({
    ...{ cfgNum: 1, cfgAuthor: 'test', cfgDate: '1', cfgVersion: '2.16.1' },
    ...{ authentication: 'Demo', userDB: 'Same', passwordDB: 'Null', registerDB: 'Null' },
    ...{ portal: `${issuer}/`, domain: '127.0.0.1', cookieName: 'lemonldap', securedCookie: 0 },
    ...{ globalStorage: 'Apache::Session::File', globalStorageOptions: store('sessions') },
    ...{ persistentStorage: 'Apache::Session::File', persistentStorageOptions: store('persistent') },
    ...{ localSessionStorage: '', loginHistoryEnabled: 0, whatToTrace: 'uid', timeout: 3_600 },
    ...{ demoExportedVars: { cn: 'cn', mail: 'mail', uid: 'uid' }, exportedVars: {} },
    // Any module that is there: its pictures with letters need packages that nothing here uses.
    ...{ captcha: '::Plugins::Status', captcha_mail_enabled: 0, captcha_register_enabled: 0 },
    ...{ groups: GROUPS, macros: MACROS, locationRules: {}, applicationList: {} },
    ...{ issuerDBOpenIDConnectActivation: 1, oidcServiceMetaDataIssuer: issuer },
    ...{ oidcServicePrivateKeySig: keys.privateKey, oidcServicePublicKeySig: keys.publicKey },
    ...{ oidcServiceKeyIdSig: 'k1', oidcServiceAllowAuthorizationCodeFlow: 1 },
    oidcServiceIgnoreScopeForClaims: 1,
    oidcRPMetaDataOptions: of(optionsOf),
    oidcRPMetaDataExportedVars: of(({ claims }) => claims),
  });
}

function settingsFile(folder: string): string {
  return `[all]
logLevel = error
[configuration]
type = File
dirName = ${folder}
localStorage = Cache::FileCache
localStorageOptions = { 'namespace' => 'lemon', 'cache_root' => '${join(folder, 'cache')}' }
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = de
[handler]
status = 0
`;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('LemonLDAP::NG has ended');
}

/** Starts it on a free port. @throws Error when it does not start */
export async function startLemon(): Promise<Lemon> {
  const folder = mkdtempSync(join(tmpdir(), 'amtomat-lemon-'));
  const settings = join(folder, 'lemonldap-ng.ini');
  writeFileSync(settings, settingsFile(folder));
  const child = spawn(PERL, ['-e', PROGRAM], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: process.env.PATH,
      LLNG_DEFAULTCONFFILE: settings,
      LLNG_DEFAULTLOGGER: 'Lemonldap::NG::Common::Logger::Null',
    },
  });
  const ended = once(child, 'exit');
  const issuer = `http://127.0.0.1:${await firstLine(child)}`;
  return {
    issuer,
    async open(clients) {
      writeFileSync(join(folder, 'lmConf-1.json'), configuration(folder, issuer, clients));
      child.stdin?.write('\n');
      const known = await fetch(`${issuer}/.well-known/openid-configuration`);
      if (!known.ok) throw new Error(`LemonLDAP::NG answers with ${known.status}`);
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&');
}

/** Sends the first form of a page of the provider, with what it hides and what is given. */
export async function sendForm(
  client: Client,
  page: Answer,
  given: Readonly<Record<string, string>>,
): Promise<Answer> {
  const form = /<form[\s\S]*?<\/form>/.exec(page.text)?.[0] ?? '';
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const hidden = inputs
    .filter((input) => attribute(input, 'type') === 'hidden')
    .map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']);
  const action = attribute(/<form[^>]*>/.exec(form)?.[0] ?? '', 'action') ?? '';
  const to = new URL(action === '#' ? '' : action, page.url).href;
  return client.post(to, { ...Object.fromEntries(hidden), ...given });
}

/** Signs in at its page, where a browser has come from the desk. @returns the desk's answer */
export async function signInAtLemon(client: Client, person: string): Promise<Answer> {
  const page = await client.follow(await client.get('/desk/sign-in/start'));
  return client.follow(await sendForm(client, page, { user: person, password: person }));
}
