import type { Language } from '#language';
import { Alert, type Html } from '#web';
import { renewedWords } from './words.ts';

/** Says to somebody in the middle of a service that it has become another. */
export function Renewed(props: { language: Language }): Html {
  const w = renewedWords(props.language);
  return (
    <Alert title={w.title} live>
      {w.text}
    </Alert>
  );
}
