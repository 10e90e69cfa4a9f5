import { Hono } from 'hono';
import { CARD_NAMES, type RunningAusweisApp, virtualCard } from '#sandbox/ausweisapp';
import type { StandInAuthority } from '#sandbox/fit-connect';
import { STYLE, standInPage } from '#sandbox/look';
import { PAGE_TROUBLES, type RunningPayPage } from '#sandbox/pay-page';
import { BEHAVIOURS, type BehaviourName, type RunningPaymentTerminal } from '#sandbox/payment-terminal';
import type { TestPerson } from '#sandbox/people';
import { type RunningRegisters, TROUBLES } from '#sandbox/registers';
import type { Child, Html } from '#web';

export interface PanelParts {
  people: readonly TestPerson[];
  /** @returns a code that works now, in groups, and whose it is; none where the city has no codes by letter */
  letterCodes(): Promise<readonly { service: string; code: string; name: string }[]>;
  terminals: readonly { terminal: string; running: RunningPaymentTerminal }[];
  ausweisapp: RunningAusweisApp;
  registers: RunningRegisters;
  payPage: Pick<RunningPayPage, 'trouble'>;
  /** Comes when the stand-in's keys are ready. */
  authority: Promise<StandInAuthority>;
}

const BANNER = 'Probebetrieb: Geräte, Behörden und Personen um dieses Bürgerbüro herum sind zum Üben da.';
const DECISIONS = ['accept', 'reject', 'later'] as const;
const WORDS: Readonly<Record<string, string>> = {
  ...{ approve: 'Zahlung gelingt', decline: 'Karte abgelehnt', wrongPin: 'Falsche PIN' },
  ...{ abortedByCustomer: 'Kundin bricht ab', timeOut: 'Zeit läuft ab' },
  printerNotReady: 'Drucker nicht bereit',
  connectionLostBeforeApproval: 'Verbindung reißt vor der Freigabe',
  connectionLostAfterApproval: 'Verbindung reißt nach der Freigabe',
  ...{ powerCut: 'Strom fällt aus', fragmented: 'Nachrichten in Stücken', late: 'Nachrichten zu spät' },
  ...{ wrongAmount: 'Falscher Betrag', transport: 'PIN-Brief: Transport-PIN 72518' },
  ...{ own: 'Eigene PIN 384716', oneTryLeft: 'Nur noch ein Versuch, CAN 509137' },
  ...{ blocked: 'Gesperrt, PUK 8264917350', pukUsedUp: 'PUK aufgebraucht' },
  ...{ deactivated: 'Online-Funktion aus', faulty: 'Chip defekt oder fremde Karte' },
  ...{ lifted: 'PIN 384716, wird beim Schreiben weggenommen', none: 'Kein Kartenleser' },
  ...{ accept: 'Nimmt an', reject: 'Lehnt ab', later: 'Wartet' },
  ...{ well: 'Antwortet richtig', answerLost: 'Antwort geht verloren', slow: 'Antwortet zu langsam' },
  ...{ down: 'Antwortet nicht', garbage: 'Antwortet Unsinn', strange: 'Antwortet Fremdes' },
  ...{ unsigned: 'Antwort ohne Unterschrift', tampered: 'Antwort verändert' },
  ...{ anotherPerson: 'Antwort über jemand anderen', anotherQuestion: 'Antwort auf eine andere Frage' },
  huge: 'Antwort viel zu groß',
};

function Choice(props: { name: string; values: readonly string[]; now: string | undefined }): Html {
  const { name, values, now } = props;
  return (
    <form method="post" action={`/sandbox/${name}`} class="row">
      {values.map((value) => (
        <button type="submit" name={name} value={value} aria-pressed={value === now ? 'true' : 'false'}>
          {WORDS[value] ?? value}
        </button>
      ))}
    </form>
  );
}

/** What is switched on now. */
interface Now {
  payment: string;
  page: string;
  card: string;
  register: string;
  authority: string | undefined;
}

/** One stand-in and how it shall behave from now on. */
function Part(props: { title: string; text: string; children?: Child }): Html {
  return (
    <section>
      <h2>{props.title}</h2>
      <p>{props.text}</p>
      {props.children}
    </section>
  );
}

function People({ people }: Pick<PanelParts, 'people'>): Html {
  return (
    <ul>
      {people.map(({ attributes, description }) => (
        <li>
          <b>{[attributes.givenNames, attributes.familyName].filter(Boolean).join(' ')}</b>: {description}
        </li>
      ))}
    </ul>
  );
}

type Letters = Awaited<ReturnType<PanelParts['letterCodes']>>;

function panel(parts: PanelParts, now: Now, letters: Letters): string {
  const terminals = parts.terminals.map(({ terminal }) => terminal);
  return standInPage(
    BANNER,
    'Probebetrieb',
    <>
      <h1>Probebetrieb</h1>
      <p>Hier stellen Sie ein, was draußen geschieht. Es gilt sofort und bis zur nächsten Wahl.</p>
      <nav>
        <a href="/">Startseite</a>
        {terminals.map((terminal) => (
          <a href={`/terminal/${terminal}`}>Terminal {terminal}</a>
        ))}
        <a href="/desk">Arbeitsplatz der Ämter</a>
      </nav>
      <Part title="Kartengerät" text={`Zahlungen mit Karte an: ${terminals.join(', ')}.`}>
        <Choice name="payment" values={Object.keys(BEHAVIOURS)} now={now.payment} />
      </Part>
      <Part title="Bezahlseite" text="Zahlungen im Internet; wie sie enden, wählen Sie auf der Seite selbst.">
        <Choice name="page" values={['well', ...PAGE_TROUBLES]} now={now.page} />
      </Part>
      <Part title="Ausweis auf dem Kartenleser" text="Jede Wahl legt eine frische Karte auf.">
        <Choice name="card" values={[...CARD_NAMES, 'none']} now={now.card} />
      </Part>
      <Part title="Bundesamt für Justiz" text="Was mit Anträgen auf ein Führungszeugnis geschieht.">
        <Choice name="authority" values={DECISIONS} now={now.authority} />
      </Part>
      <Part title="Fahreignungsregister" text="Was auf die Frage nach Punkten kommt.">
        <Choice name="register" values={['well', ...TROUBLES]} now={now.register} />
      </Part>
      {letters.map(({ service, code, name }) => (
        <Part title="Code per Brief" text={`Ein Brief an ${name} ist angekommen. Darin steht der Code:`}>
          <p>
            <b data-letter-code={code} data-letter-service={service}>
              {code}
            </b>
          </p>
        </Part>
      ))}
      <Part title="Testpersonen" text="Bei der Übungs-BundID können Sie sich anmelden als:">
        <People people={parts.people} />
      </Part>
    </>,
    { style: '/sandbox/style.css' },
  );
}

/** @returns routes below `/sandbox`: a page with buttons, and what each does */
export function panelRoutes(parts: PanelParts): Hono {
  const app = new Hono();
  const now: Now = {
    payment: 'approve',
    page: 'well',
    card: 'transport',
    register: 'well',
    authority: undefined,
  };
  void parts.authority.then(({ decide }) => {
    now.authority = decide;
  });

  app.get('/sandbox', async (c) => c.html(panel(parts, now, await parts.letterCodes())));
  app.get('/sandbox/style.css', (c) => c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' }));
  app.post('/sandbox/:name', async (c) => {
    const name = c.req.param('name');
    const value = new URLSearchParams(await c.req.text()).get(name) ?? '';
    if (!(await apply(parts, name, value))) return c.notFound();
    Object.assign(now, { [name]: value });
    return c.redirect('/sandbox', 303);
  });
  return app;
}

async function apply(parts: PanelParts, name: string, value: string): Promise<boolean> {
  const decision = DECISIONS.find((one) => one === value);
  const card = CARD_NAMES.find((one) => one === value);
  const pageTrouble = PAGE_TROUBLES.find((one) => one === value);
  const trouble = TROUBLES.find((one) => one === value);
  if (name === 'payment' && Object.hasOwn(BEHAVIOURS, value)) {
    for (const { running } of parts.terminals) {
      if (!running.isOn()) running.powerOn();
      running.behave(value as BehaviourName);
    }
  } else if (name === 'card' && card) {
    parts.ausweisapp.attach(true);
    parts.ausweisapp.insert(virtualCard(card));
  } else if (name === 'card' && value === 'none') {
    parts.ausweisapp.remove();
    parts.ausweisapp.attach(false);
  } else if (name === 'page' && (pageTrouble || value === 'well')) parts.payPage.trouble(pageTrouble);
  else if (name === 'authority' && decision) (await parts.authority).decide = decision;
  else if (name === 'register' && (trouble || value === 'well')) parts.registers.setTrouble(trouble);
  else return false;
  return true;
}
