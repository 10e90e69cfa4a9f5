const LIMIT_BYTES = 200_000;

/** Another side answered, but not with what belongs there. */
export class AnswerError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/**
 * @returns the object that is answered
 * @throws AnswerError for anything else, with a code that tells nothing of its content
 */
export async function readJson(url: string, init: RequestInit): Promise<Record<string, unknown>> {
  const answer = await fetch(url, { ...init, redirect: 'error' });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new AnswerError(`HTTP_${answer.status}`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (bytes > LIMIT_BYTES) throw new AnswerError('TOO_LONG');
    chunks.push(chunk);
  }
  try {
    const said: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof said === 'object' && said !== null) return said as Record<string, unknown>;
  } catch {
    // Falls through: not JSON is as good as no object.
  }
  throw new AnswerError('NO_JSON');
}
