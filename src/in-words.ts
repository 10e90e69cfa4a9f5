/** What keeps the office from opening, said to its operator. */
import { ConfigError } from '#config';

/** What an operator can do about what the operating system says. */
const ADVICE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room',
  EDQUOT: 'the quota of this user is used up: make room',
  EROFS: 'the file system can only be read: mount it for writing, or choose another --data',
  EACCES: 'this user may not write there: give it the folder, or choose another --data',
  EPERM: 'this user may not write there: give it the folder, or choose another --data',
  EIO: 'the disk gives errors: look at it before anything else',
};

/**
 * @param what cannot be done
 * @param error why, in the words of the system or the database, which hold no password
 * @returns both, with what can be done about it
 */
export function inWords(what: string, error: unknown): ConfigError {
  const { code = '', message } = error as { code?: string; message?: string };
  const said = [message, message?.includes(code) ? '' : code, ADVICE[code] && `(${ADVICE[code]})`];
  return new ConfigError([`${what}: ${said.filter(Boolean).join(' ')}`]);
}
