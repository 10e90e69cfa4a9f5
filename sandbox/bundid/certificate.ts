import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Clock } from '#time';

const DAY_MS = 86_400_000;

/** One DER element (ITU-T X.690): tag, length, content. */
function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

const sequence = (...content: Buffer[]): Buffer => der(0x30, ...content);
/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, without parameters (NULL). */
const ALGORITHM = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(commonName)))));
}

/** GeneralizedTime, to the second, in UTC. */
function timeOf(instant: Date): Buffer {
  return der(0x18, Buffer.from(`${instant.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}

/**
 * Makes an RSA key with a certificate that it signs itself (RFC 5280, version 1): for stand-ins and tests.
 * Metadata vouches for it, so nobody asks who issued it.
 * @returns both as PEM; valid from the day before until ten years later
 */
export function makeCertificate(commonName: string, clock: Clock): { key: string; certificate: string } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const now = clock.now().getTime();
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)]);
  const body = sequence(
    der(0x02, serial),
    ALGORITHM,
    nameOf(commonName),
    sequence(timeOf(new Date(now - DAY_MS)), timeOf(new Date(now + 3_650 * DAY_MS))),
    nameOf(commonName),
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, privateKey);
  const whole = sequence(body, ALGORITHM, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').replace(/.{1,64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`,
  };
}
