import { Hono } from 'hono';
import { CARD_NAMES, type RunningAusweisApp, virtualCard } from '#sandbox/ausweisapp';
import type { StandInAuthority } from '#sandbox/fit-connect';
import { STYLE, standInPage } from '#sandbox/look';
import { PAGE_TROUBLES, type RunningPayPage } from '#sandbox/pay-page';
import { BEHAVIOURS, type BehaviourName, type RunningPaymentTerminal } from '#sandbox/payment-terminal';
import { PEOPLE } from '#sandbox/people';
import { type RunningRegisters, TROUBLES } from '#sandbox/registers';
import type { Html } from '#web';

export interface PanelParts {
  terminals: readonly { terminal: string; running: RunningPaymentTerminal }[];
  ausweisapp: RunningAusweisApp;
  registers: RunningRegisters;
  payPage: Pick<RunningPayPage, 'trouble'>;
  /** Comes when the stand-in's keys are ready. */
  authority: Promise<StandInAuthority>;
}

const BANNER = 'Probebetrieb: So verhalten sich die Geräte und Behörden um das Bürgerbüro herum.';
const DECISIONS = ['accept', 'reject', 'later'] as const;
const WORDS: Readonly<Record<string, string>> = {
  ...{ approve: 'Zahlung gelingt', decline: 'Karte abgelehnt', wrongPin: 'Falsche PIN' },
  ...{
    abortedByCustomer: 'Kundin bricht ab',
    timeOut: 'Zeit läuft ab',
    printerNotReady: 'Drucker nicht bereit',
  },
  connectionLostBeforeApproval: 'Verbindung reißt vor der Freigabe',
  connectionLostAfterApproval: 'Verbindung reißt nach der Freigabe',
  ...{ powerCut: 'Strom fällt aus', fragmented: 'Nachrichten in Stücken', late: 'Nachrichten zu spät' },
  ...{ wrongAmount: 'Falscher Betrag', transport: 'Karte mit PIN-Brief (Transport-PIN 72518)' },
  ...{ own: 'Karte mit eigener PIN 384716', oneTryLeft: 'Nur noch ein Versuch (CAN 509137)' },
  ...{ blocked: 'Gesperrt (PUK 8264917350)', pukUsedUp: 'PUK aufgebraucht', deactivated: 'Funktion aus' },
  ...{
    faulty: 'Chip defekt',
    none: 'Kein Kartenleser',
    accept: 'nimmt an',
    reject: 'lehnt ab',
    later: 'wartet',
  },
  ...{
    well: 'antwortet richtig',
    answerLost: 'Antwort geht verloren',
    strange: 'antwortet Fremdes',
    slow: 'zu langsam',
    down: 'antwortet nicht',
    garbage: 'antwortet Unsinn',
  },
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

function panel(parts: PanelParts, now: Now): string {
  return standInPage(
    BANNER,
    'Probebetrieb',
    <>
      <h1>Probebetrieb</h1>
      <h2>Kartengerät</h2>
      <p>Gilt für: {parts.terminals.map(({ terminal }) => terminal).join(', ')}.</p>
      <Choice name="payment" values={Object.keys(BEHAVIOURS)} now={now.payment} />
      <h2>Bezahlseite</h2>
      <Choice name="page" values={['well', ...PAGE_TROUBLES]} now={now.page} />
      <h2>Ausweis auf dem Kartenleser</h2>
      <p>Jede Wahl legt eine frische Karte auf.</p>
      <Choice name="card" values={[...CARD_NAMES, 'none']} now={now.card} />
      <h2>Bundesamt für Justiz</h2>
      <Choice name="authority" values={DECISIONS} now={now.authority} />
      <h2>Fahreignungsregister</h2>
      <Choice name="register" values={['well', ...TROUBLES]} now={now.register} />
      <h2>Testpersonen</h2>
      <p>Bei der Übungs-BundID können Sie sich anmelden als:</p>
      <ul>
        {PEOPLE.map(({ attributes, description }) => (
          <li>
            {[attributes.givenNames, attributes.familyName].filter(Boolean).join(' ')}: {description}
          </li>
        ))}
      </ul>
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

  app.get('/sandbox', (c) => c.html(panel(parts, now)));
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
