import { readProviderMetadata } from '#identity';
import { endsOn, firstEnd } from '../certificates.ts';
import { type Check, none } from '../check.ts';

const ASK = { de: 'neue Metadaten vom BundID-Team holen', en: 'get new metadata from the BundID team' };
const RENEW = {
  de: 'neues Schlüsselpaar anlegen und dem BundID-Team melden',
  en: 'make a new pair and tell the BundID team',
};

/** Certificates of BundID and of the office's own side. That a person can sign in shows only a person. */
export const bundid: Check = {
  id: 'bundid',
  name: { de: 'BundID', en: 'BundID' },
  async look({ config, realAt }) {
    const { bundid: given } = config.connections;
    if (!given) return [none('nicht verbunden', 'not connected')];
    const theirs = readProviderMetadata(given.metadata).certificates.join('\n');
    return [
      endsOn({ de: 'Zertifikat von BundID', en: 'certificate of BundID' }, firstEnd(theirs), realAt, ASK),
      endsOn(
        { de: 'eigenes für Signaturen', en: 'own for signatures' },
        firstEnd(given.signing.certificate),
        realAt,
        RENEW,
      ),
      endsOn(
        { de: 'eigenes zum Entschlüsseln', en: 'own for decryption' },
        firstEnd(given.decryption.certificate),
        realAt,
        RENEW,
      ),
    ];
  },
};
