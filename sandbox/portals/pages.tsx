import { standInPage } from '#sandbox/look';
import type { Child } from '#web';

const banner = (name: string): string =>
  `Übungsseite für: ${name}. Nichts hier ist echt, nichts wird gespeichert.`;

/** Portals that a trial office opens instead of the real ones. */
export const PORTALS = {
  bundid: 'BundID',
  fuehrungszeugnis: 'Bundesamt für Justiz',
  faer: 'Kraftfahrt-Bundesamt',
};
export type PortalId = keyof typeof PORTALS;

const page = (id: PortalId, title: string, body: Child): string =>
  standInPage(banner(PORTALS[id]), title, body);

function End(props: { text: string }) {
  return (
    <>
      <p>{props.text}</p>
      <p>
        <strong>Sie können dieses Fenster jetzt schließen und im Bürgerbüro weitermachen.</strong>
      </p>
    </>
  );
}

function step(id: PortalId, title: string, next: string, body: Child): string {
  return page(
    id,
    title,
    <>
      <h1>{title}</h1>
      <form method="post" action={`/${id}/${next}`}>
        {body}
      </form>
    </>,
  );
}

const button = (name: string, value: string, title: string, text: string) => (
  <button type="submit" name={name} value={value}>
    <b>{title}</b>
    {text}
  </button>
);

/** Registration at BundID: a way in, the data, the e-mail that is confirmed on the person's own phone. */
const BUNDID: Record<string, () => string> = {
  '': () =>
    step('bundid', 'BundID-Konto anlegen: Wie möchten Sie sich ausweisen?', 'data', [
      button('means', 'eid', 'Online-Ausweis', 'Vertrauensniveau hoch'),
      button('means', 'elster', 'ELSTER-Zertifikat', 'Vertrauensniveau substanziell'),
      button('means', 'password', 'Benutzername und Passwort', 'Basisregistrierung'),
    ]),
  data: () =>
    step('bundid', 'Ihre Daten', 'mail', [
      <label>
        E-Mail-Adresse (zum Üben genügt eine erfundene)
        <input type="text" name="mail" autocomplete="off" />
      </label>,
      <button type="submit" class="main">
        Weiter
      </button>,
    ]),
  mail: () =>
    step('bundid', 'Bitte bestätigen Sie Ihre E-Mail-Adresse', 'done', [
      <p>Eine echte BundID schickt jetzt eine Nachricht an Ihr Postfach. Zum Üben lautet der Code 4711.</p>,
      <label>
        Code
        <input type="text" name="code" inputmode="numeric" autocomplete="off" />
      </label>,
      <button type="submit" class="main">
        Bestätigen
      </button>,
    ]),
  done: () =>
    page(
      'bundid',
      'Fertig',
      <>
        <h1>Ihr Konto ist angelegt</h1>
        <End text="So sieht es am Ende auch bei der echten BundID aus." />
      </>,
    ),
};

/** @returns the page of a portal, or undefined where there is none */
export function portalPage(id: string, name: string): string | undefined {
  if (id === 'bundid') return BUNDID[name]?.();
  if ((id !== 'fuehrungszeugnis' && id !== 'faer') || name !== '') return undefined;
  return page(
    id,
    PORTALS[id],
    <>
      <h1>{PORTALS[id]}</h1>
      <End text="An dieser Stelle öffnet ein echtes Bürgerbüro den Online-Dienst der Behörde." />
    </>,
  );
}
