import type { Language } from '#service';
import { Alert, defineWords, type Html } from '#web';

const renewedWords = defineWords({
  de: {
    title: 'Dieses Formular ist neu',
    text: 'Wir haben es gerade geändert. Was von Ihren Angaben noch passt, ist noch da. Was fehlt, fragen wir noch einmal.',
  },
  en: {
    title: 'This form is new',
    text: 'We have just changed it. Those of your answers that still fit are still here. We ask again for what is missing.',
  },
  leicht: {
    title: 'Dieses Formular ist neu',
    text: 'Wir haben es gerade geändert. Viele Ihrer Antworten sind noch da. Manches fragen wir noch einmal.',
  },
});

/** Says to somebody in the middle of a service that it has become another. */
export function Renewed(props: { language: Language }): Html {
  const w = renewedWords(props.language);
  return (
    <Alert title={w.title} live>
      {w.text}
    </Alert>
  );
}
