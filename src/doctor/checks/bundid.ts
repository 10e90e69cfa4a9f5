import { readProviderMetadata } from '#identity';
import { endsOn, firstEnd } from '../certificates.ts';
import { type Check, none } from '../check.ts';
import { named, says, todo } from '../words.ts';

const ASK = todo((w) => w.bundidAsk);
const RENEW = todo((w) => w.bundidRenew);

/** Certificates of BundID and of the office's own side. That a person can sign in shows only a person. */
export const bundid: Check = {
  id: 'bundid',
  name: named((w) => w.bundid),
  async look({ config, realAt }) {
    const { bundid: given } = config.connections;
    if (!given) return [none(says((w) => w.notConnected))];
    const theirs = readProviderMetadata(given.metadata).certificates.join('\n');
    return [
      endsOn(
        says((w) => w.bundidTheirs),
        firstEnd(theirs),
        realAt,
        ASK,
      ),
      endsOn(
        says((w) => w.bundidSigning),
        firstEnd(given.signing.certificate),
        realAt,
        RENEW,
      ),
      endsOn(
        says((w) => w.bundidDecryption),
        firstEnd(given.decryption.certificate),
        realAt,
        RENEW,
      ),
    ];
  },
};
