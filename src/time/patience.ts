/**
 * Waits for something, but no longer than until a signal. What was waited for may still go on; nobody waits for it.
 * @throws the signal's reason
 */
export async function within<T>(work: Promise<T>, enough: AbortSignal): Promise<T> {
  enough.throwIfAborted();
  const end = Promise.withResolvers<never>();
  const giveUp = (): void => end.reject(enough.reason);
  enough.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([work, end.promise]);
  } finally {
    enough.removeEventListener('abort', giveUp);
  }
}
