import { createPublicKey, X509Certificate } from 'node:crypto';
import type { CertificateCheck, PublicJwk } from './jwk.ts';

function readChain({ x5c }: PublicJwk): X509Certificate[] | undefined {
  try {
    return x5c?.map((base64) => new X509Certificate(Buffer.from(base64, 'base64')));
  } catch {
    return undefined;
  }
}

function holdsAt(certificate: X509Certificate, at: Date): boolean {
  return certificate.validFromDate <= at && at <= certificate.validToDate;
}

function issued(issuer: X509Certificate, certificate: X509Certificate): boolean {
  return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);
}

/**
 * Trusts a key whose certificates (`x5c`, RFC 7517 section 4.7: the key's own first) lead to one of the roots and are
 * all within their dates. It does not ask for revocations.
 * @param roots the root certificates of the Verwaltungs-PKI, as PEM
 * @throws Error when one of them cannot be read
 */
export function checkChain(roots: readonly string[]): CertificateCheck {
  const anchors = roots.map((pem) => new X509Certificate(pem));
  return async (key, at) => {
    const chain = readChain(key);
    const [first] = chain ?? [];
    const last = chain?.at(-1);
    if (!chain || !first || !last) return false;
    const own = createPublicKey({ key: { kty: key.kty, n: key.n, e: key.e }, format: 'jwk' });
    if (!first.publicKey.equals(own) || !chain.every((certificate) => holdsAt(certificate, at))) return false;
    const linked = chain.slice(1).every((issuer, index) => {
      const certificate = chain[index];
      return certificate !== undefined && issued(issuer, certificate);
    });
    return (
      linked &&
      anchors.some(
        (root) => holdsAt(root, at) && (root.fingerprint256 === last.fingerprint256 || issued(root, last)),
      )
    );
  };
}
