import { ask } from '#outgoing';

/** What a look at another side may cost. */
export const BOUNDS = { withinMs: 8_000, limit: 200_000 };

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
export async function readJson(
  url: string,
  init: Parameters<typeof ask>[1],
  enough: AbortSignal,
): Promise<Record<string, unknown>> {
  const { ok, status, body } = await ask(url, init, { ...BOUNDS, enough });
  if (!ok) throw new AnswerError(`HTTP_${status}`);
  try {
    const said: unknown = JSON.parse(body);
    if (typeof said === 'object' && said !== null) return said as Record<string, unknown>;
  } catch {
    // Falls through: not JSON is as good as no object.
  }
  throw new AnswerError('NO_JSON');
}
