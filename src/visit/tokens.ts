/** The text of a visit's cookie: what opens it, and what is still known when it is over. */
import { isUuid } from '#db';
import { LANGUAGES } from '#language';
import { changeSettings, DEFAULT_SETTINGS } from '#web';
import type { Look, Over, Visit } from './visit.ts';

/** Stands for "handed in" where the name of a service could stand. */
const SENT = '+';

/** @returns the cookie's text: the visit's id and its key, how its person reads, and what they are doing */
export function visitToken(visit: Pick<Visit, 'id' | 'key' | 'secret'> & Look): string {
  const { drafts, receipts } = visit.secret;
  const [slug, draft] = Object.entries(drafts).at(-1) ?? [];
  const at = slug ?? (Object.keys(receipts).length > 0 ? SENT : '');
  return [visit.id, visit.key.toString('base64url'), ...lookIn(visit), at, draft?.key ?? ''].join('.');
}

/** @returns what of a cookie's text opens the visit: the rest changes with how its person reads and what they do */
export function heldIn(token: string): string | undefined {
  const [id = '', key = ''] = token.split('.');
  return isUuid(id) && key ? `${id}.${key}` : undefined;
}

/** @returns the id of the visit that a cookie's text of ours opens */
export function idIn(token: string): string {
  return token.split('.')[0] ?? '';
}

const lookIn = ({ language, settings: { size, contrast } }: Look) => [
  language,
  size,
  contrast ? 'on' : 'off',
];

/** @returns the cookie's text of a visit that is over, for somebody who reads in another way now */
export function overToken(over: Over): string {
  return ['', '', ...lookIn(over), over.begun ?? (over.sent ? SENT : ''), over.key ?? ''].join('.');
}

/** @returns what the cookie of a visit says that is over */
export function overOf(token: string): Over {
  const [, , language, size, contrast, at, key] = token.split('.');
  return {
    language: LANGUAGES.find((one) => one === language) ?? 'de',
    settings: changeSettings(DEFAULT_SETTINGS, { size, contrast }),
    begun: at && at !== SENT ? at : undefined,
    key: key && isUuid(key) ? key : undefined,
    sent: at === SENT,
  };
}
