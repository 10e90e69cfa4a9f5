import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { endsOn } from '../certificates.ts';
import { bad, type Check, codeOf, none } from '../check.ts';
import { named, says, todo } from '../words.ts';

function certificateEnd(url: URL, enough: AbortSignal): Promise<Date> {
  return new Promise((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const socket = connect({
      host,
      port: Number(url.port || 443),
      ...(isIP(host) === 0 && { servername: host }),
    });
    enough.addEventListener('abort', () => socket.destroy(), { once: true });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      resolve(new Date(socket.getPeerCertificate().valid_to));
      socket.end();
    });
  });
}

/** The address people use: whether it is reached from here with a certificate that browsers believe, and until when. */
export const address: Check = {
  id: 'address',
  name: named((w) => w.address),
  async look({ config, realAt }, enough) {
    if (!config.publicUrl.startsWith('https:')) return [none(says((w) => w.noneTrial))];
    const url = new URL(config.publicUrl);
    try {
      const end = await certificateEnd(url, enough);
      return [
        endsOn(
          says((w) => w.tlsOf({ host: url.host })),
          end,
          realAt,
          todo((w) => w.tls),
        ),
      ];
    } catch (error) {
      const found = says((w) => w.notSafe({ host: url.host, code: codeOf(error) }));
      return [
        bad(
          found,
          todo((w) => w.address),
        ),
      ];
    }
  },
};
