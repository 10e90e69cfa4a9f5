import { type Guessed, guessedBy, SHORT_WAIT_MS } from '#guessing';
import type { KeyProvider } from '#seal';

/** Where somebody types a code: at a terminal of the office, or anywhere else. */
export type Screen = 'terminal' | 'own';

/**
 * Whose wrong codes count when somebody types a number and its code: the number's, which the staff is told of, and the
 * client's with its networks'. Whoever knows a number must not be able to lock its citizen out. So at a terminal the wrong codes of others
 * hold nobody up, and its own only for a minute; elsewhere the wait for the number is a minute at most, is told, and counts.
 * @param kind what is opened; each has tries of its own
 */
export function guessedAt(
  keys: Pick<KeyProvider, 'index'>,
  kind: 'tries' | 'tries paper',
  number: string,
  client: string,
  screen: Screen,
): readonly [Guessed, ...Guessed[]] {
  const byNumber = keys.index(kind === 'tries' ? 'tries number' : kind, number);
  if (screen === 'terminal')
    return [{ subject: byNumber, longest: 0 }, ...guessedBy(keys, kind, client, SHORT_WAIT_MS)];
  const promisedTo = keys.index(`${kind} promised`, `${number} ${client}`);
  return [{ subject: byNumber, longest: SHORT_WAIT_MS, promisedTo }, ...guessedBy(keys, kind, client)];
}
