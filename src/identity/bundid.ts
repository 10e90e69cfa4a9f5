import { randomBytes } from 'node:crypto';
import { isLawful, reaches } from '#service';
import type { Clock } from '#time';
import { readAssertion } from './assertion.ts';
import { readAttributes } from './attributes.ts';
import { decodeResponse, type Envelope, inspectEnvelope } from './envelope.ts';
import { requestExtension, storkLevel } from './extension.ts';
import { writeOfficeMetadata } from './metadata.ts';
import { redirectUrl } from './redirect.ts';
import type { Checker } from './saml.ts';
import {
  IdentityError,
  type IdentityProvider,
  type IdentityProviderDescription,
  type IdentityRequest,
  type ReplayGuard,
} from './types.ts';

/** A private key and the certificate that belongs to it, both as PEM. RSA, as SAML and BundID have it. */
export interface KeyPair {
  key: string;
  certificate: string;
}

export interface BundIdSettings {
  /** Name of the office at BundID. Must not change: people's identifiers there depend on it. */
  entityId: string;
  /** Where answers are posted to (assertion consumer service). */
  acsUrl: string;
  /** What `readProviderMetadata` reads from the provider's metadata file. */
  idp: IdentityProviderDescription;
  signing: KeyPair;
  decryption: KeyPair;
  /** Shown to people before they agree to pass their data on. */
  organisation: string;
  clock: Clock;
  replay: ReplayGuard;
  /** How far the provider's clock and ours may be apart. */
  clockSkewSeconds: number;
}

/** A sign-in takes minutes; somebody who goes and fetches the card should not have to begin anew. */
const REQUEST_LIFE_MS = 30 * 60_000;

const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';

/** @returns why there is no assertion: second-level status codes of SAML 2.0 Core 3.2.2.2 as BundID uses them */
function refusalOf(status: Envelope['status']): IdentityError {
  const [top, second] = status.map((code) => code.replace('urn:oasis:names:tc:SAML:2.0:status:', ''));
  if (second === 'NoAuthnContext') return new IdentityError('levelTooLow', 'status');
  const wentBack = second === 'AuthnFailed' && top === 'Requester';
  return new IdentityError(wentBack ? 'cancelled' : 'refused', 'status');
}

/** Checks everything about the answer but the level and what it says. */
async function check(
  settings: BundIdSettings,
  checker: Checker,
  response: string,
  request: IdentityRequest,
  replay: ReplayGuard,
) {
  const { idp, entityId, acsUrl } = settings;
  const now = settings.clock.now().getTime();
  const askedAt = Date.parse(request.issuedAt);
  const endsAt = askedAt + REQUEST_LIFE_MS;
  const envelope = inspectEnvelope(decodeResponse(response), { issuer: idp.entityId, destination: acsUrl });
  const told = await checker(response);
  if (envelope.inResponseTo !== request.id) throw new IdentityError('unknownRequest', 'inResponseTo');
  if (!(now < endsAt)) throw new IdentityError('expired', 'tooLate');
  if (told === undefined || envelope.status[0] !== SUCCESS) throw refusalOf(envelope.status);
  const assertion = readAssertion(told, {
    issuer: idp.entityId,
    audience: entityId,
    recipient: acsUrl,
    inResponseTo: request.id,
    askedAt,
    now,
    skew: settings.clockSkewSeconds * 1_000,
  });
  const first = await replay.firstUse(`${idp.entityId} ${assertion.id}`, new Date(endsAt));
  if (!first) throw new IdentityError('replayed', 'used');
  return assertion;
}

/**
 * BundID, the federal account for citizens, by SAML 2.0 (Schnittstellenbeschreibung BundID 10.2.0.0): signed requests
 * by HTTP-Redirect, answers by HTTP-POST, signed as a whole and with an encrypted assertion.
 */
export function createBundId(settings: BundIdSettings): IdentityProvider {
  const { entityId, acsUrl, idp, organisation, clock } = settings;
  let checker: Promise<Checker> | undefined;
  const makeChecker = async (): Promise<Checker> => {
    const { createChecker } = await import('./saml.ts');
    const { certificates } = idp;
    return createChecker({ certificates, decryptionKey: settings.decryption.key });
  };
  return {
    id: 'bundid',
    name: 'BundID',
    origin: new URL(idp.ssoUrl).origin,
    async begin({ level, means, attributes, relay }) {
      if (attributes.length === 0) throw new RangeError('a sign-in asks for at least one attribute');
      const { writeRequest } = await import('./saml.ts');
      const id = `_${randomBytes(20).toString('hex')}`;
      const issuedAt = clock.now().toISOString();
      const xml = await writeRequest({
        ...{ id, issuedAt, entityId, acsUrl, ssoUrl: idp.ssoUrl, certificates: idp.certificates },
        context: storkLevel(level),
        extension: requestExtension(organisation, { level, means, attributes }),
      });
      const url = await redirectUrl(idp.ssoUrl, xml, relay, settings.signing.key);
      return { url, request: { id, issuedAt, level, means, attributes: [...attributes] } };
    },
    async complete(samlResponse, request, replay = settings.replay) {
      checker ??= makeChecker();
      const assertion = await check(settings, await checker, samlResponse, request, replay);
      const { level, means } = assertion;
      if (!reaches(level, request.level)) throw new IdentityError('levelTooLow', 'level');
      if (!isLawful(request.means, means)) throw new IdentityError('wrongMeans', 'means');
      return {
        provider: 'bundid',
        level,
        means,
        at: clock.now().toISOString(),
        ...readAttributes(assertion.told, request.attributes, level),
      };
    },
    metadata: () =>
      writeOfficeMetadata({
        ...{ entityId, acsUrl, organisation },
        signing: settings.signing.certificate,
        decryption: settings.decryption.certificate,
      }),
  };
}
