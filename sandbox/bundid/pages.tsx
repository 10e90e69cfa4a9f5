import type { Child } from '#web';
import type { Person } from './persons.ts';
import type { Asked } from './request.ts';

export const STYLE = `
:root { color-scheme: light; font: 1.125rem/1.5 system-ui, sans-serif; color: #1c2430; background: #eef1f4; }
body { margin: 0; min-height: 100vh; }
header { padding: .75rem 1.5rem; background: #ffd24d; font-weight: 600; }
main { box-sizing: border-box; margin: 1.5rem auto; width: min(44rem, 100vw); padding: 2rem; background: #fff; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; }
p { margin: 0 0 1.25rem; }
form { display: grid; gap: .75rem; }
button { font: inherit; text-align: left; min-height: 3.5rem; padding: .75rem 1rem; border: 1px solid #6b7785; border-radius: .25rem; background: #fff; color: inherit; cursor: pointer; }
button:hover { background: #f1f4f7; }
button b { display: block; }
button.main { background: #1d4f91; color: #fff; text-align: center; border-color: #1d4f91; }
:focus-visible { outline: .1875rem solid #0b63c5; outline-offset: .125rem; }
`;

/** Sends the answer on at once; without it there is the button. */
export const SCRIPT = `document.forms[0].requestSubmit();\n`;

function page(title: string, body: Child, head?: Child): string {
  const document = (
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href="/style.css" />
        {head}
      </head>
      <body>
        <header>Übungs-BundID: zum Ausprobieren, nicht die echte. Alle Personen sind erfunden.</header>
        <main>{body}</main>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}

/**
 * @param action where the form goes
 * @returns the page on which one chooses who to be
 */
export function signInPage(action: string, asked: Asked, persons: readonly Person[]): string {
  return page(
    'Anmelden mit der Übungs-BundID',
    <>
      <h1>Wer möchten Sie sein?</h1>
      <p>
        {asked.organisation} erhält danach {asked.attributes.length} Angaben über diese Person. Die Anmeldung
        ist vorübergehend: Es bleibt kein Konto zurück.
      </p>
      <form method="post" action={action}>
        {persons.map((person) => (
          <button type="submit" name="person" value={person.id}>
            <b>{[person.facts.givenName, person.facts.surname].filter(Boolean).join(' ')}</b>
            {person.description}
          </button>
        ))}
        <button type="submit" name="person" value="cancel">
          Abbrechen und zurück
        </button>
      </form>
    </>,
  );
}

/** @returns the page that carries the answer back */
export function answerPage(asked: Asked, samlResponse: string): string {
  return page(
    'Zurück zum Amt',
    <>
      <h1>Weiter zu {asked.organisation}</h1>
      <p>Die Antwort ist unterschrieben und verschlüsselt.</p>
      <form method="post" action={asked.acsUrl}>
        <input type="hidden" name="SAMLResponse" value={samlResponse} />
        {asked.relay !== undefined && <input type="hidden" name="RelayState" value={asked.relay} />}
        <button type="submit" class="main">
          Weiter
        </button>
      </form>
    </>,
    <script src="/weiter.js" defer />,
  );
}

/** @param reason a fixed word, for whoever tries things out */
export function refusedPage(reason: string): string {
  return page(
    'Anmeldung nicht möglich',
    <>
      <h1>Diese Anmeldung ist nicht möglich</h1>
      <p>Die Übungs-BundID nimmt die Anfrage nicht an, wie es auch die echte täte.</p>
      <p>
        Grund: <code>{reason}</code>
      </p>
    </>,
  );
}
