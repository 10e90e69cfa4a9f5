import { z } from 'zod';

export const jwkShape = z.object({
  kty: z.literal('RSA'),
  alg: z.string().max(40),
  key_ops: z.array(z.string().max(20)).max(5),
  kid: z.string().min(1).max(128),
  n: z.string().regex(/^[\w-]{1,1400}$/),
  e: z.string().regex(/^[\w-]{1,8}$/),
  x5c: z.array(z.string().max(10_000)).max(10).optional(),
});

/** A public RSA key as JWK (RFC 7517) with what FIT-Connect demands of it. */
export type PublicJwk = z.infer<typeof jwkShape>;

/**
 * Whether the certificate of a key (`x5c`) makes its owner known: the chain to the Verwaltungs-PKI, its dates.
 * @param at the instant for which it is to hold
 */
export type CertificateCheck = (key: PublicJwk, at: Date) => Promise<boolean>;
