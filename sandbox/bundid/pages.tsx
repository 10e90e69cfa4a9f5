import { standInPage } from '#sandbox/look';
import type { Child } from '#web';
import type { Person } from './persons.ts';
import type { Asked } from './request.ts';

/** Sends the answer on at once; without it there is the button. */
export const SCRIPT = `document.forms[0].requestSubmit();\n`;

const BANNER = 'Übungs-BundID: zum Ausprobieren, nicht die echte. Alle Personen sind erfunden.';

const page = (title: string, body: Child, head?: Child): string => standInPage(BANNER, title, body, { head });

/**
 * @param action where the form goes
 * @returns the page on which one chooses who to be
 */
export function signInPage(action: string, asked: Asked, persons: readonly Person[]): string {
  const offered = ({ means }: Person): boolean => asked.methods.includes(means);
  const others = persons.filter((person) => !offered(person));
  const button = (person: Person) => (
    <button type="submit" name="person" value={person.id}>
      <b>{[person.facts.givenName, person.facts.surname].filter(Boolean).join(' ')}</b>
      {person.description}
    </button>
  );
  return page(
    'Anmelden mit der Übungs-BundID',
    <>
      <h1>Wer möchten Sie sein?</h1>
      <p>
        {asked.organisation} erhält danach {asked.attributes.length} Angaben über diese Person. Die Anmeldung
        ist vorübergehend: Es bleibt kein Konto zurück.
      </p>
      <form method="post" action={action}>
        {persons.filter(offered).map(button)}
        <button type="submit" name="person" value="cancel">
          Abbrechen und zurück
        </button>
        {others.length > 0 && (
          <>
            <h2>Hier nicht angeboten</h2>
            <p>
              Dieses Amt lässt die folgenden Wege nicht zu. Die echte BundID bietet sie dann nicht an. Hier
              kann man sie wählen, um zu sehen, dass das Amt sie auch selbst nicht annimmt.
            </p>
            {others.map(button)}
          </>
        )}
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
