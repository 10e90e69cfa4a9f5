/** Who somebody is and how sure we are: BundID over SAML 2.0. Knows no pages; what it finds belongs in the draft. */
export { type BundIdSettings, createBundId, type KeyPair } from './bundid.ts';
export { MetadataError, readProviderMetadata } from './metadata.ts';
export { createReplayGuard, sweepUsedAssertions } from './replay.ts';
export {
  type Identity,
  IdentityError,
  type IdentityProvider,
  type IdentityProviderDescription,
  type IdentityRequest,
  type Level,
  type Refusal,
  type RefusalDetail,
  type ReplayGuard,
} from './types.ts';
