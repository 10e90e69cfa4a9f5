/** Speaks with `pysaml2.py`: an identity provider of pysaml2 and xmlsec1, where Debian's packages of them are installed. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PYTHON = '/usr/bin/python3';

/** How the key of an assertion is wrapped, and where it stands. */
export interface Wrapping {
  algorithm: string;
  digest: 'sha1' | 'sha256' | 'sha512';
  mask: 'sha1' | 'sha256' | 'sha512';
  place: 'inside' | 'beside' | 'referred';
  /** Of OAEP; none when left out. */
  label?: string;
}

/** What is to be answered; everything honest when left out. */
export interface Asked {
  inResponseTo: string;
  acsUrl: string;
  audience: string;
  context: string;
  /** By name (OID). */
  attributes: Readonly<Record<string, string>>;
  signResponse?: boolean;
  signAssertion?: boolean;
  /** Names of constants of `saml2.xmldsig`. */
  signAlg?: string;
  digestAlg?: string;
  encrypt?: boolean;
  /** File with the certificate. */
  encryptFor?: string;
  /** Of what xmlsec1 encrypts. */
  cipher?: string;
  session?: string;
  /** Whether what is encrypted declares its namespaces itself, as it does when left out, or leans on the frame. */
  selfContained?: boolean;
  /** Left out: xmlsec1 encrypts, as pysaml2 has it do. */
  wrapping?: Wrapping;
}

export interface Peer {
  /** Signed, as XML. */
  metadata: string;
  /** What it makes of the office's metadata, once they fit the schemas of SAML. */
  readMetadata(): Promise<unknown>;
  /** Checks signature and schema of a request. @throws Error when they do not hold */
  readRequest(url: string): Promise<{ id: string } & Record<string, unknown>>;
  /** @returns the answer as XML */
  answer(asked: Asked): Promise<string>;
  /** @returns a signed answer with this status as XML */
  refuse(asked: { inResponseTo: string; acsUrl: string; status: string }): Promise<string>;
  stop(): Promise<void>;
}

/** @returns whether Debian's packages are here */
export function hasPysaml2(): boolean {
  const program = 'import saml2, cryptography, xmlschema';
  return (
    existsSync('/usr/bin/xmlsec1') && spawnSync(PYTHON, ['-c', program], { stdio: 'ignore' }).status === 0
  );
}

/**
 * @param folder holds `idp.key`, `idp.crt` and the certificates that are encrypted for
 * @param office the office's metadata
 */
export async function startPysaml2(folder: string, entityId: string, office: string): Promise<Peer> {
  const child = spawn(PYTHON, [join(import.meta.dirname, 'pysaml2.py')], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, TMPDIR: folder },
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (order: Record<string, unknown>): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('pysaml2 has ended');
    const told: { result?: unknown; error?: string } = JSON.parse(value);
    if (told.error !== undefined) throw new Error(`pysaml2: ${told.error}`);
    return told.result;
  };
  const metadata = String(await ask({ do: 'open', folder, entityId, office }));
  return {
    metadata,
    readMetadata: () => ask({ do: 'read_metadata' }),
    readRequest: async (url) => Object.assign({ id: '' }, await ask({ do: 'read_request', with: [url] })),
    answer: async (asked) => String(await ask({ do: 'answer', with: [asked] })),
    refuse: async (asked) => String(await ask({ do: 'refusal', with: [asked] })),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
