import { X509Certificate } from 'node:crypto';
import { bad, type Finding, soon, type Words, well } from './check.ts';
import { says } from './words.ts';

const DAY_MS = 24 * 3_600_000;
/** Renewing one takes an authority some weeks. */
const SOON_DAYS = 30;

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

/** @returns when the first of the certificates in a text ends; undefined when there is none in it */
export function firstEnd(text: string): Date | undefined {
  const ends = [...text.matchAll(PEM)].map(([pem]) => new X509Certificate(pem).validToDate.getTime());
  return ends.length > 0 ? new Date(Math.min(...ends)) : undefined;
}

/** @returns the line on something that ends on a day */
export function endsOn(what: Words, end: Date | undefined, at: Date, todo: Words): Finding {
  if (!end || Number.isNaN(end.getTime()))
    return bad(
      says((w, language) => w.certificateNone({ what: what[language] })),
      todo,
    );
  const day = end.toISOString().slice(0, 10);
  const days = Math.floor((end.getTime() - at.getTime()) / DAY_MS);
  if (days < 0)
    return bad(
      says((w, language) => w.certificateEnded({ what: what[language], day })),
      todo,
    );
  if (days < SOON_DAYS)
    return soon(
      says((w, language) => w.certificateEnds({ what: what[language], days, day })),
      todo,
    );
  return well(says((w, language) => w.certificateValid({ what: what[language], day })));
}
