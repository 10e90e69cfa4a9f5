import type { Child } from '#web';
import type { Shown } from './transactions.ts';

export const STYLE = `
:root { color-scheme: light; font: 1rem/1.5 system-ui, sans-serif; color: #17212b; background: #eef1f4; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { box-sizing: border-box; margin: 1rem; width: min(28rem, 100vw); padding: 2rem; background: #fff; border-top: .375rem solid #7a4d00; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
p { margin: 0 0 1.25rem; color: #4a5763; }
.practice { padding: .5rem .75rem; background: #fff3d6; color: #4d3000; font-weight: 600; }
.sum { font-size: 2rem; color: #17212b; font-variant-numeric: tabular-nums; }
form { display: grid; gap: .75rem; }
button, a.button { font: inherit; padding: .75rem 1rem; border: 1px solid #8996a3; border-radius: .25rem; background: #fff; color: inherit; cursor: pointer; text-align: center; }
button.main { background: #17212b; color: #fff; border-color: #17212b; }
:focus-visible { outline: .1875rem solid #0b63c5; outline-offset: .125rem; }
`;

function page(title: string, body: Child): string {
  const document = (
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <main>
          <p class="practice">Nur zum Ausprobieren: Hier fließt kein Geld.</p>
          {body}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}

/** The page on which the person decides how the payment ends. */
export function payForm(token: string, shown: Shown): string {
  const sum = (shown.cents / 100).toLocaleString('de-DE', { style: 'currency', currency: 'EUR' });
  return page(
    'Bezahlseite zum Ausprobieren',
    <>
      <h1>Bezahlen</h1>
      <p>{shown.description}</p>
      <p class="sum">{sum}</p>
      <p>Verwendungszweck: {shown.purpose}</p>
      <form method="post" action={`/pay/${token}`}>
        <button type="submit" name="outcome" value="pay" class="main">
          Bezahlen
        </button>
        <button type="submit" name="outcome" value="fail">
          Zahlung scheitern lassen
        </button>
        <button type="submit" name="outcome" value="cancel">
          Abbrechen
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
