/** Asks for what nobody can guess about a municipality, one question after the other. In German: it is asked in town halls. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { landOf } from '#city';
import { answersShape, readClosing, readHours, TASKS, type Task } from '#founding';
import { type IsoDate, isIsoDate } from '#time';

/** Puts a question and waits for the line that is typed; `why` says what was wrong with the line before. */
export type Ask = (question: string, why?: string) => Promise<string>;

/** A typed line that does not fit, with what to do. */
class Unfit extends Error {}

const DAYS = ['mo', 'di', 'mi', 'do', 'fr', 'sa', 'so'];
const SHAPES = answersShape.shape;
const OFFICE = SHAPES.offices.element.shape;
const FEE = SHAPES.certificates.unwrap().shape.fee;

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
  for (let why: string | undefined; ; ) {
    const typed = (await ask(`${question}${offered ? ` [${offered}]` : ''} `, why)).trim();
    try {
      return read(typed || offered);
    } catch (error) {
      if (!(error instanceof Unfit)) throw error;
      why = error.message;
    }
  }
}

const plain = (typed: string): string => {
  if (typed === '') throw new Unfit('Bitte schreiben Sie etwas.');
  return checked(SHAPES.name, typed, 'Bitte ohne geschweifte Klammern.');
};
const maybe = (typed: string): string | undefined => (typed === '' ? undefined : plain(typed));
const phone = (typed: string): string =>
  checked(SHAPES.phone, typed, 'Bitte eine Telefonnummer, so: 0999 100');
const listOf = (typed: string): string[] =>
  typed
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

function hours(typed: string): string {
  if (readHours(typed)) return typed;
  throw new Unfit('Bitte so: Mo-Fr 8-12, Do 14-18; mit Mittagspause: Mo-Fr 8-12 und 13-16');
}

/** One in another postcode is possible, but seldom meant. */
async function askAddress(ask: Ask, of: string, postcodes: readonly string[], offered = ''): Promise<string> {
  for (let before: string | undefined; ; ) {
    const typed = await asked(
      ask,
      before === undefined
        ? `Adresse von ${of}:`
        : `Diese Postleitzahl haben Sie nicht als Ihre genannt. Leer: sie stimmt. Sonst die Adresse von ${of}:`,
      (line) => checked(OFFICE.address, line, 'Bitte so: Marktplatz 1, 12345 Musterstadt'),
      before ?? offered,
    );
    if (typed === before || postcodes.some((postcode) => typed.includes(postcode))) return typed;
    before = typed;
  }
}

/** A name that no other of the list has. */
const unlike =
  (others: readonly Record<string, unknown>[]) =>
  (typed: string): string | undefined => {
    if (others.some(({ name }) => name === typed)) throw new Unfit('Diesen Namen gibt es schon.');
    return maybe(typed);
  };
function whole(least: number, most: number): (typed: string) => number {
  return (typed) => {
    const value = Number(typed);
    if (/^\d+$/.test(typed) && value >= least && value <= most) return value;
    throw new Unfit(`Bitte eine Zahl von ${least} bis ${most}.`);
  };
}

async function askOffices(ask: Ask, offices: Record<string, unknown>[], postcodes: readonly string[]) {
  for (;;) {
    const first = offices.length === 0;
    const name = first
      ? await asked(ask, 'Wie heißt das Amt, das entscheidet?', plain, 'Bürgerbüro')
      : await asked(ask, 'Noch ein Amt? Sein Name (leer: nein):', unlike(offices));
    if (name === undefined) return;
    offices.push({
      name,
      address: await askAddress(ask, name, postcodes),
      phone: await asked(ask, `Telefon von ${name} (leer: wie die Stadt):`, (typed) =>
        typed === '' ? undefined : phone(typed),
      ),
      hours: await asked(
        ask,
        `Wann ist ${name} ohne Termin offen, zum Beispiel Mo-Fr 8-12 (leer: nur mit Termin)?`,
        (typed) => (typed === '' ? undefined : hours(typed)),
      ),
    });
  }
}

function siteHours(typed: string): string {
  return checked(SHAPES.sites.unwrap().element.shape.hours, typed, 'Bitte so: Mo-Fr 8-16, Sa 9-12');
}

async function askSites(
  ask: Ask,
  sites: Record<string, unknown>[],
  postcodes: readonly string[],
  offered: string,
) {
  for (;;) {
    const name = await asked(
      ask,
      `${sites.length === 0 ? 'Wo stehen Terminals?' : 'Noch ein Ort mit Terminals?'} Name des Ortes, zum Beispiel Rathaus (leer: nirgends):`,
      unlike(sites),
    );
    if (name === undefined) return;
    sites.push({
      name,
      address: await askAddress(ask, name, postcodes, offered),
      hours: await asked(ask, `Wann ist ${name} offen, zum Beispiel Mo-Fr 8-16?`, siteHours),
      terminals: await asked(ask, 'Wie viele Terminals stehen dort?', whole(1, 20), '1'),
    });
  }
}

function weekdays(typed: string): number[] {
  const found = typed.split(/[\s,+]+/).map((word) => DAYS.indexOf(word.toLowerCase().slice(0, 2)) + 1);
  if (found.every((day) => day > 0)) return [...new Set(found)];
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
    capacity: await asked(ask, 'Bei wie vielen Haushalten an einem Tag?', whole(1, 1_000), '20'),
    legalBasis: await asked(ask, 'Wie heißt die Abfallsatzung?', plain),
  };
}

async function askCertificates(ask: Ask) {
  const fee = await asked(
    ask,
    'Was kostet eine Urkunde des Standesamts, in Euro (leer: hier ist kein Standesamt)?',
    (typed) =>
      typed === '' ? undefined : checked(FEE, typed, 'Bitte einen Betrag von 0 bis 1000, so: 12,50'),
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
  ['contact', 'Wie erreicht man ihn (Impressum: E-Mail, Telefon)?'],
  ['privacyController', 'Wer ist verantwortlich für die Daten (Name, Anschrift)?'],
  ['privacyOfficer', 'Datenschutzbeauftragte (Name, E-Mail):'],
  ['accessibilityLaw', 'Gesetz des Landes zur Barrierefreiheit:'],
  ['accessibilityContact', 'Wohin melden Menschen eine Barriere (E-Mail)?'],
  ['accessibilityEnforcement', 'Schlichtungsstelle des Landes:'],
] as const;

function closingDays(typed: string): string[] {
  const days = typed.toLowerCase() === 'keine' ? [] : listOf(typed);
  if (days.every((day) => readClosing(day))) return days;
  throw new Unfit('Bitte so: 24.12. Heiligabend, 31.12. Silvester, 08.02.2027 Rosenmontag; oder: keine');
}

/** @returns the day as files have it, of `8.2.2027` or `2027-02-08` */
function pastDay(typed: string, today: IsoDate): string | undefined {
  if (typed === '') return undefined;
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$/.exec(typed) ?? [];
  const date = year === '' ? typed : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (isIsoDate(date) && date <= today) return date;
  throw new Unfit('Bitte einen Tag, der schon war, so: 8.2.2026');
}

async function askTown(ask: Ask, draft: Record<string, unknown>): Promise<string[]> {
  draft.name = await asked(ask, 'Wie heißt die Stadt oder Gemeinde?', plain);
  const ags = await asked(ask, 'Amtlicher Gemeindeschlüssel (8 Ziffern):', (typed) =>
    checked(SHAPES.ags, typed, 'Bitte 8 Ziffern. Die ersten beiden sagen das Land, 01 bis 16.'),
  );
  draft.ags = ags;
  const postcodes = await asked(
    ask,
    `Land: ${landOf(ags)?.state}. Alle Postleitzahlen, mit Komma:`,
    (typed) => checked(SHAPES.postcodes, [...new Set(typed.split(/[\s,]+/))], 'Bitte so: 12345, 12346'),
  );
  draft.postcodes = postcodes;
  draft.districts = await asked(ask, 'Ortsteile, mit Komma (leer: keine):', (typed) =>
    checked(SHAPES.districts, [...new Set(listOf(typed))], 'Bitte so: Uferdorf, Seeheim'),
  );
  draft.colour = await asked(
    ask,
    'Farbe der Stadt; weiße Schrift muss darauf lesbar sein:',
    (typed) => checked(SHAPES.colour, typed, 'Bitte eine dunkle Farbe, so: #14532d'),
    '#14532d',
  );
  draft.areaCode = await asked(ask, 'Vorwahl (leer: keine):', (typed) =>
    checked(SHAPES.areaCode, typed, 'Bitte mit der Null am Anfang, so: 0999'),
  );
  draft.phone = await asked(ask, 'Unter welcher Nummer hilft die Stadt am Telefon?', phone, '115');
  draft.closingDays = await asked(
    ask,
    'An welchen Tagen ist zu, außer an Feiertagen (keine: an keinem)?',
    closingDays,
    '24.12. Heiligabend, 31.12. Silvester',
  );
  return postcodes;
}

/**
 * @param draft takes the answers as they would stand in a file, each as soon as it is given; `answersShape` reads them
 * @param today no later day was looked at anything
 */
export async function askAnswers(ask: Ask, draft: Record<string, unknown>, today: IsoDate): Promise<void> {
  const postcodes = await askTown(ask, draft);
  const offices: Record<string, unknown>[] = [];
  draft.offices = offices;
  await askOffices(ask, offices, postcodes);
  const sites: Record<string, unknown>[] = [];
  draft.sites = sites;
  await askSites(ask, sites, postcodes, String(offices[0]?.address ?? ''));
  draft.tours = await askTours(ask);
  draft.certificates = await askCertificates(ask);
  const needed = TASKS.filter((task) =>
    task === 'abfall' ? draft.tours : task === 'buergerbuero' ? true : draft.certificates,
  );
  await askTasks(ask, offices, needed);
  draft.streets = await asked(ask, 'Datei mit den Straßen, eine in jeder Zeile (leer: später):', streetFile);
  for (const [key, question] of LATER) draft[key] = await asked(ask, `${question} (leer: später)`, maybe);
  draft.accessibilityChecked = await asked(
    ask,
    'Wann hat zuletzt jemand die Barrierefreiheit geprüft? (leer: noch nicht)',
    (typed) => pastDay(typed, today),
  );
}

function streetFile(typed: string): string | undefined {
  if (typed !== '' && !existsSync(typed)) throw new Unfit(`Diese Datei gibt es nicht: ${typed}`);
  return typed === '' ? undefined : resolve(typed);
}
