/**
 * What connects an office with the world outside: identity provider, card terminals, pay page, authorities, registers,
 * devices. One YAML file; keys and passwords are files of their own, named in it.
 */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { formatProblems, type Problem, readSource, type Source } from '#source';
import { openToOthers } from './secret-files.ts';

const text = z.string().trim().min(1);
const https = z.url({ protocol: /^https$/, error: 'must be an address that begins with https://' });
/** Nothing leaves the machine on the way there: good enough for trying out, never for real people. */
const here = z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ });
const httpsOrHere = z.union([https, here], {
  error: 'must be an address that begins with https://, or in a trial with http://127.0.0.1',
});
const host = z.union([z.literal('localhost'), text]);
/** The name of a file; what stands in it takes its place. */
const file = text.meta({ file: true });
/** The same, of a file that nobody but the office may read. */
const secret = text.meta({ file: true, secret: true });

const shapeWith = (address: typeof https | typeof httpsOrHere) =>
  z.strictObject({
    bundid: z
      .strictObject({
        metadata: file,
        signing: z.strictObject({ key: secret, certificate: file }),
        decryption: z.strictObject({ key: secret, certificate: file }),
        organisation: text,
        entityId: text.optional(),
      })
      .optional(),
    cardTerminals: z
      .array(z.strictObject({ terminal: text, host, port: z.int().min(1).max(65_535), password: secret }))
      .optional(),
    payPage: z.strictObject({ url: address, originator: text, endpoint: text, token: secret }).optional(),
    fitConnect: z
      .strictObject({
        tokenUrl: address,
        api: address,
        clientId: text,
        clientSecret: secret,
        replyKey: secret.optional(),
        /** Certificates of the authorities whose word counts for keys of destinations, as PEM. */
        trusted: file,
        authorities: z.record(z.string(), z.strictObject({ destination: z.uuid(), region: text })),
      })
      .optional(),
    faer: z.strictObject({ url: address, key: secret }).optional(),
    /** What devices of every terminal serve on the terminal itself, and the key that their programs sign their word with. */
    devices: z.strictObject({ eid: here, key: secret }).optional(),
  });

/** The connections of an office; where a file was named, its text. A connection that is missing is not there. */
export type Connections = z.infer<ReturnType<typeof shapeWith>>;

const is = (part: unknown, what: 'file' | 'secret'): boolean =>
  part instanceof z.ZodType &&
  (part.meta()?.[what] === true || (part instanceof z.ZodOptional && is(part.unwrap(), what)));

/**
 * Puts the texts of named files in their place.
 * @param closed says of a secret file what is wrong with who may read it
 */
function withFiles(
  source: Source<Connections>,
  shape: z.ZodType,
  closed: (file: string) => string | undefined,
  problems: Problem[],
): Connections {
  const folder = dirname(source.file);
  const fill = (value: unknown, part: unknown, path: readonly (string | number)[]): unknown => {
    if (typeof value === 'string') {
      if (!is(part, 'file')) return value;
      const problem = (message: string): void =>
        void problems.push({ file: source.file, line: source.lineOf(path), message });
      const open = is(part, 'secret') ? closed(resolve(folder, value)) : undefined;
      if (open) problem(open);
      try {
        return readFileSync(resolve(folder, value), 'utf8');
      } catch {
        problem(`${value} cannot be read`);
        return '';
      }
    }
    const inner = part instanceof z.ZodOptional ? part.unwrap() : part;
    if (Array.isArray(value)) {
      const element = inner instanceof z.ZodArray ? inner.element : undefined;
      return value.map((one, index) => fill(one, element, [...path, index]));
    }
    if (typeof value !== 'object' || value === null || !(inner instanceof z.ZodObject)) return value;
    const parts: Record<string, unknown> = inner.shape;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, fill(one, parts[name], [...path, name])]),
    );
  };
  return fill(source.value, shape, []) as Connections;
}

/**
 * @param path of the YAML file
 * @param production when false, addresses on this very machine may do without https, and others may read secret files
 * @param credentials folder of systemd's credentials, where there is one
 * @returns the connections, and everything that is wrong, one line each with file and line
 */
export function readConnections(
  path: string,
  production: boolean,
  credentials?: string,
): { connections: Connections; problems: string[] } {
  const shape = shapeWith(production ? https : httpsOrHere);
  const { source, problems } = readSource(path, shape);
  if (!source) return { connections: {}, problems: [formatProblems(problems)] };
  const found: Problem[] = [];
  const connections = withFiles(
    source,
    shape,
    (path) => (production ? openToOthers(path, credentials) : undefined),
    found,
  );
  return { connections, problems: found.length > 0 ? [formatProblems(found)] : [] };
}
