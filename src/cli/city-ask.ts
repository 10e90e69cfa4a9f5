/** Asks for what nobody can guess about a municipality, one question after the other. In German: it is asked in town halls. */
import { answersShape, landOf, readHours, TASKS, type Task } from '#founding';

/** Puts a question and waits for the line that is typed. */
export type Ask = (question: string) => Promise<string>;

/** A typed line that does not fit, with what to do. */
class Unfit extends Error {}

const DAYS = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'];
const SHAPES = answersShape.shape;
const OFFICE = SHAPES.offices.element.shape;

const TASK_NAMES: Readonly<Record<Task, string>> = {
  buergerbuero: 'Meldewesen, Ausweise, Führungszeugnis (Bürgerbüro)',
  standesamt: 'Urkunden (Standesamt)',
  stadtarchiv: 'alte Einträge (Stadtarchiv)',
  abfall: 'Sperrmüll (Abfallwirtschaft)',
};

interface Shape {
  safeParse(value: unknown): {
    success: boolean;
    error?: { issues: readonly { message: string }[] } | undefined;
  };
}

/** @returns the value, where the shape takes it @throws Unfit */
function checked<T>(shape: Shape, value: T, help: string): T {
  if (shape.safeParse(value).success) return value;
  throw new Unfit(help);
}

/** Asks until the answer fits. An empty line takes what is offered. */
async function asked<T>(ask: Ask, question: string, read: (typed: string) => T, offered = ''): Promise<T> {
  for (let why = ''; ; ) {
    const typed = (await ask(`${why}${question}${offered ? ` [${offered}]` : ''} `)).trim();
    try {
      return read(typed || offered);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      why = `  ${error.message}\n`;
    }
  }
}

const plain = (typed: string): string => {
  if (typed === '') throw new Unfit('Bitte schreiben Sie etwas.');
  return typed;
};
const maybe = (typed: string): string | undefined => typed || undefined;
const address = (typed: string): string =>
  checked(OFFICE.address, typed, 'Bitte so: Marktplatz 1, 12345 Musterstadt');
function hours(typed: string): string {
  if (readHours(typed)) return typed;
  throw new Unfit('Bitte so: Mo-Fr 8-12, Do 14-18');
}
function amount(least: number): (typed: string) => number {
  return (typed) => {
    const value = Number(typed.replace(',', '.'));
    if (typed !== '' && value >= least && value <= 1_000) return value;
    throw new Unfit(`Bitte eine Zahl von ${least} bis 1000.`);
  };
}

async function askOffices(ask: Ask) {
  const offices: Record<string, unknown>[] = [];
  for (;;) {
    const first = offices.length === 0;
    const name = first
      ? await asked(ask, 'Wie heißt das Amt, das entscheidet?', plain, 'Bürgerbüro')
      : await asked(ask, 'Noch ein Amt? Sein Name (leer: nein):', maybe);
    if (name === undefined) return offices;
    offices.push({
      name,
      address: await asked(ask, `Adresse von ${name}:`, address),
      phone: await asked(ask, `Telefon von ${name} (leer: wie die Stadt):`, maybe),
      hours: await asked(
        ask,
        `Wann ist ${name} ohne Termin offen, zum Beispiel Mo-Fr 8-12 (leer: nur mit Termin)?`,
        (typed) => (typed === '' ? undefined : hours(typed)),
      ),
    });
  }
}

async function askSites(ask: Ask, offered: string) {
  const sites: Record<string, unknown>[] = [];
  for (;;) {
    const name = await asked(
      ask,
      `${sites.length === 0 ? 'Wo stehen Terminals?' : 'Noch ein Ort mit Terminals?'} Name des Ortes, zum Beispiel Rathaus (leer: nirgends):`,
      maybe,
    );
    if (name === undefined) return sites;
    sites.push({
      name,
      address: await asked(ask, `Adresse von ${name}:`, address, offered),
      hours: await asked(ask, `Wann ist ${name} offen, zum Beispiel Mo-Fr 8-16?`, hours),
      terminals: await asked(
        ask,
        'Wie viele Terminals stehen dort?',
        (typed) => Math.round(amount(1)(typed)),
        '1',
      ),
    });
  }
}

function weekdays(typed: string): number[] {
  const found = typed.split(/[\s,]+/).map((word) => DAYS.indexOf(word.toLowerCase().slice(0, 2)) + 1);
  if (found.every((day) => day > 0)) return found;
  throw new Unfit('Bitte so: Mo, Do');
}

async function askTours(ask: Ask) {
  const days = await asked(
    ask,
    'An welchen Tagen holen Sie bestellten Sperrmüll ab, zum Beispiel Mo, Do (leer: gar nicht)?',
    (typed) => (typed === '' ? undefined : weekdays(typed)),
  );
  if (!days) return undefined;
  return {
    weekdays: days,
    capacity: await asked(
      ask,
      'Bei wie vielen Haushalten an einem Tag?',
      (typed) => Math.round(amount(1)(typed)),
      '20',
    ),
    legalBasis: await asked(ask, 'Wie heißt die Abfallsatzung?', plain),
  };
}

async function askCertificates(ask: Ask) {
  const fee = await asked(
    ask,
    'Was kostet eine Urkunde des Standesamts, in Euro (leer: hier ist kein Standesamt)?',
    (typed) => (typed === '' ? undefined : amount(0)(typed)),
  );
  if (fee === undefined) return undefined;
  return { fee, legalBasis: await asked(ask, 'Nach welcher Vorschrift kostet sie das?', plain) };
}

/** With one office there is nothing to ask. */
async function askTasks(ask: Ask, offices: Record<string, unknown>[], tasks: readonly Task[]): Promise<void> {
  if (offices.length === 1) return;
  const list = offices.map(({ name }, index) => `${index + 1} = ${name}`).join(', ');
  for (const task of tasks) {
    const chosen = await asked(
      ask,
      `Welches Amt macht: ${TASK_NAMES[task]}? ${list}`,
      (typed) => {
        const office = offices[Number(typed) - 1];
        if (office) return office;
        throw new Unfit(`Bitte eine Zahl von 1 bis ${offices.length}.`);
      },
      '1',
    );
    chosen.tasks = [...((chosen.tasks as Task[] | undefined) ?? []), task];
  }
}

const LATER = [
  ['operator', 'Wer betreibt das Bürgerbüro (Impressum)?'],
  ['operatorAddress', 'Anschrift des Betreibers:'],
  ['privacyController', 'Wer ist verantwortlich für die Daten (Name, Anschrift)?'],
  ['privacyOfficer', 'Datenschutzbeauftragte (Name, E-Mail):'],
  ['accessibilityLaw', 'Gesetz des Landes zur Barrierefreiheit:'],
  ['accessibilityContact', 'Wohin melden Menschen eine Barriere (E-Mail)?'],
  ['accessibilityEnforcement', 'Schlichtungsstelle des Landes:'],
] as const;

/** @returns the answers as they would stand in a file; `answersShape` reads them */
export async function askAnswers(ask: Ask): Promise<Record<string, unknown>> {
  const name = await asked(ask, 'Wie heißt die Stadt oder Gemeinde?', plain);
  const ags = await asked(ask, 'Amtlicher Gemeindeschlüssel (8 Ziffern):', (typed) =>
    checked(SHAPES.ags, typed, 'Bitte 8 Ziffern. Die ersten beiden sagen das Land, 01 bis 16.'),
  );
  const postcodes = await asked(
    ask,
    `Land: ${landOf(ags)?.state}. Alle Postleitzahlen, mit Komma:`,
    (typed) => checked(SHAPES.postcodes, typed.split(/[\s,]+/), 'Bitte so: 12345, 12346'),
  );
  const colour = await asked(
    ask,
    'Farbe der Stadt; weiße Schrift muss darauf lesbar sein:',
    (typed) => checked(SHAPES.colour, typed, 'Bitte eine dunkle Farbe, so: #14532d'),
    '#14532d',
  );
  const areaCode = await asked(ask, 'Vorwahl (leer: keine):', (typed) => typed);
  const phone = await asked(ask, 'Unter welcher Nummer hilft die Stadt am Telefon?', plain, '115');
  const offices = await askOffices(ask);
  const sites = await askSites(ask, String(offices[0]?.address ?? ''));
  const tours = await askTours(ask);
  const certificates = await askCertificates(ask);
  const needed = TASKS.filter((task) =>
    task === 'abfall' ? tours : task === 'buergerbuero' ? true : certificates,
  );
  await askTasks(ask, offices, needed);
  const streets = await asked(ask, 'Datei mit den Straßen, eine in jeder Zeile (leer: später):', maybe);
  const later: Record<string, unknown> = {};
  for (const [key, question] of LATER) later[key] = await asked(ask, `${question} (leer: später)`, maybe);
  return {
    name,
    ags,
    postcodes,
    colour,
    areaCode,
    phone,
    offices,
    sites,
    tours,
    certificates,
    streets,
    ...later,
  };
}
