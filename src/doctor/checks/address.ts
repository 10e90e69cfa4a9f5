import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { endsOn } from '../certificates.ts';
import { bad, type Check, codeOf, none } from '../check.ts';

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
  name: { de: 'Öffentliche Adresse', en: 'public address' },
  async look({ config, realAt }, enough) {
    if (!config.publicUrl.startsWith('https:')) return [none('keine (Probebetrieb)', 'none (a trial)')];
    const url = new URL(config.publicUrl);
    const todo = {
      de: 'Zertifikat am Reverse-Proxy erneuern',
      en: 'renew the certificate at the reverse proxy',
    };
    try {
      const end = await certificateEnd(url, enough);
      return [
        endsOn(
          { de: `TLS-Zertifikat von ${url.host}`, en: `TLS certificate of ${url.host}` },
          end,
          realAt,
          todo,
        ),
      ];
    } catch (error) {
      const says = {
        de: `${url.host} ist von hier nicht sicher erreichbar (${codeOf(error)})`,
        en: `${url.host} cannot be reached safely from here (${codeOf(error)})`,
      };
      return [
        bad(says, {
          de: 'Reverse-Proxy, DNS und Zertifikat prüfen',
          en: 'look at reverse proxy, DNS and certificate',
        }),
      ];
    }
  },
};
