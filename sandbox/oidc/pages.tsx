import { standInPage } from '#sandbox/look';
import { type Child, raw } from '#web';
import type { Directory } from './directory.ts';
import { type Person, TRY_OUT_PASSWORD } from './people.ts';

const BANNER = 'Anmeldedienst zum Ausprobieren. Alle Personen sind erfunden.';

const page = (title: string, body: Child): string => standInPage(BANNER, title, body);

/**
 * The sign-in page: a button for each person, and a plain form like that of a real provider.
 * @param people who has an account
 * @param action where both forms go
 * @param wrong whether the plain form was just refused
 */
export function loginPage(people: readonly Person[], action: string, wrong: boolean): string {
  return page(
    'Anmelden',
    <>
      <h1>Dienstkonto</h1>
      <p>Wer möchten Sie sein?</p>
      <form method="post" action={action}>
        {people.map((person) => (
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

/** @returns the page of whoever keeps the accounts: closing one, opening it again, ending its sessions */
export function directoryPage(directory: Directory): string {
  const press = (sub: string, action: string, label: string) => (
    <form method="post" action="/accounts">
      <input type="hidden" name="person" value={sub} />
      <button type="submit" name="action" value={action}>
        {label}
      </button>
    </form>
  );
  return page(
    'Dienstkonten',
    <>
      <h1>Dienstkonten</h1>
      <p>
        Ein gesperrtes Konto merkt der Schreibtisch bei der nächsten Nachfrage. Wird eine Person überall
        abgemeldet, erfährt er es sofort.
      </p>
      {directory.people.map(({ sub, name }) => (
        <>
          <h2>{name}</h2>
          {directory.find(sub)
            ? press(sub, 'close', 'Konto sperren')
            : press(sub, 'open', 'Konto wieder öffnen')}
          {press(sub, 'signOut', 'Überall abmelden')}
        </>
      ))}
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
