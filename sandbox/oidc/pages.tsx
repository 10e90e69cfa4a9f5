import { type Child, raw } from '#web';
import { PEOPLE, TRY_OUT_PASSWORD } from './people.ts';

export const STYLE = `
:root { color-scheme: light; font: 1rem/1.5 system-ui, sans-serif; color: #17212b; background: #eef1f4; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { box-sizing: border-box; margin: 1rem; width: min(28rem, 100vw); padding: 2rem; background: #fff; border-top: .375rem solid #17212b; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; }
h2 { margin: 2rem 0 .75rem; font-size: 1rem; }
p { margin: 0 0 1.25rem; color: #4a5763; }
form { margin: 0 0 .75rem; display: grid; gap: .5rem; }
button { font: inherit; text-align: left; padding: .75rem 1rem; border: 1px solid #8996a3; border-radius: .25rem; background: #fff; color: inherit; cursor: pointer; }
button:hover { background: #f3f6f8; }
button b { display: block; }
button.main { background: #17212b; color: #fff; text-align: center; border-color: #17212b; }
label { display: grid; gap: .25rem; }
input { font: inherit; padding: .5rem .75rem; border: 1px solid #8996a3; border-radius: .25rem; }
:focus-visible { outline: .1875rem solid #0b63c5; outline-offset: .125rem; }
[role=alert] { color: #9a1b1b; font-weight: 600; }
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
        <main>{body}</main>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}

/**
 * The sign-in page: a button for each person, and a plain form like that of a real provider.
 * @param action where both forms go
 * @param wrong whether the plain form was just refused
 */
export function loginPage(action: string, wrong: boolean): string {
  return page(
    'Anmelden',
    <>
      <h1>Dienstkonto</h1>
      <p>Anmeldedienst zum Ausprobieren. Wer möchten Sie sein?</p>
      <form method="post" action={action}>
        {PEOPLE.map((person) => (
          <button type="submit" name="person" value={person.sub}>
            <b>{person.name}</b>
            {person.description}
          </button>
        ))}
      </form>
      <h2>Oder mit Benutzernamen</h2>
      {wrong && <p role="alert">Benutzername oder Passwort stimmt nicht.</p>}
      <form method="post" action={action}>
        <label>
          Benutzername
          <input type="text" name="username" autocomplete="username" required />
        </label>
        <label>
          Passwort
          <input type="password" name="password" autocomplete="current-password" required />
        </label>
        <button type="submit" class="main">
          Anmelden
        </button>
      </form>
      <p>Passwort zum Ausprobieren: {TRY_OUT_PASSWORD}</p>
    </>,
  );
}

/**
 * @param form the provider's own hidden form with id `op.logoutForm`; made by oidc-provider, holds no typed text
 * @returns the page that asks whether to end the session at the provider
 */
export function logoutPage(form: string): string {
  return page(
    'Abmelden',
    <>
      <h1>Vom Dienstkonto abmelden?</h1>
      <p>Am Schreibtisch von Amtomat sind Sie schon abgemeldet.</p>
      {raw(form)}
      <button type="submit" class="main" form="op.logoutForm" name="logout" value="yes" autofocus>
        Abmelden
      </button>
    </>,
  );
}

/** @returns the page shown where nothing else follows, in plain words */
export function messagePage(title: string, text: string): string {
  return page(
    title,
    <>
      <h1>{title}</h1>
      <p>{text}</p>
    </>,
  );
}
