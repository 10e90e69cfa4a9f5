import { standInPage } from '#sandbox/look';
import type { Child } from '#web';
import type { Shown } from './transactions.ts';

const BANNER = 'Übungs-Bezahlseite: Hier fließt kein Geld.';

const page = (title: string, body: Child): string => standInPage(BANNER, title, body);

/** The page on which the person decides how the payment ends. */
export function payForm(token: string, shown: Shown): string {
  const sum = (shown.cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' });
  return page(
    'Bezahlseite zum Ausprobieren',
    <>
      <h1>{shown.description}</h1>
      <p class="sum">{sum}</p>
      <p class="note">Verwendungszweck: {shown.purpose}</p>
      <form method="post" action={`/pay/${token}`}>
        <button type="submit" name="outcome" value="pay" class="main">
          Bezahlen
        </button>
        <button type="submit" name="outcome" value="cancel" class="other">
          Abbrechen und zurück
        </button>
        <button type="submit" name="outcome" value="fail" class="other">
          Zum Üben: Zahlung scheitern lassen
        </button>
      </form>
    </>,
  );
}

/** One thought, and the way back to the office. */
export function sayPage(title: string, back: string | undefined): string {
  return page(
    title,
    <>
      <h1>{title}</h1>
      {back !== undefined && (
        <p>
          <a href={back}>Zurück zum Bürgerbüro</a>
        </p>
      )}
    </>,
  );
}
