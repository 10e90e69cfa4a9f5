/** Sample questions of every kind, and their texts. */
import { type CompiledQuestion, compileQuestion } from '#kinds';
import type { CompiledPage, QuestionTexts, ServiceTexts } from '#service';

const NOTHING: QuestionTexts = {
  label: '',
  help: undefined,
  options: {},
  optionHelp: {},
  errors: {},
  entry: undefined,
  full: undefined,
  add: undefined,
};

const TEXTS: Record<string, Partial<QuestionTexts>> = {
  kind: {
    label: 'Was sollen wir abholen?',
    options: { bulky: 'Sperrmüll', white: 'Große Haushaltsgeräte' },
    optionHelp: { bulky: 'Möbel, Matratzen, Teppiche', white: 'Kühlschrank, Waschmaschine, Herd' },
  },
  items: {
    label: 'Was möchten Sie abgeben?',
    help: 'Tippen Sie auf Plus und Minus.',
    options: {
      sofa: 'Sofa',
      mattress: 'Matratze',
      wardrobe: 'Kleiderschrank',
      table: 'Tisch',
      chair: 'Stuhl',
      carpet: 'Teppich',
      bicycle: 'Fahrrad',
      lamp: 'Lampe',
    },
    optionHelp: { sofa: 'etwa 1,5 m³', mattress: 'etwa 0,4 m³', wardrobe: 'etwa 1,2 m³' },
  },
  address: { label: 'Wo sollen wir abholen?', help: 'Die Adresse muss in Karlsruhe liegen.' },
  familyName: { label: 'Familienname' },
  moveIn: { label: 'Wann ist die Person eingezogen?' },
  owner: { label: 'Gehört Ihnen die Wohnung?', optionHelp: { no: 'Zum Beispiel: Sie vermieten unter' } },
  pickup: { label: 'Wann passt es Ihnen?' },
  phone: { label: 'Telefon', help: 'Für Rückfragen am Tag der Abholung.' },
  email: { label: 'E-Mail' },
  account: { label: 'IBAN', help: 'Auf dieses Konto zahlen wir zurück.' },
  card: { label: 'Seriennummer des Ausweises' },
  note: { label: 'Wo stellen Sie die Sachen hin?', help: 'Zum Beispiel: Gehweg vor dem Haus.' },
  rooms: { label: 'Wie viele Personen ziehen ein?' },
  country: { label: 'In welchen Staat ziehen Sie?' },
  court: { label: 'Amtsgericht' },
  mandate: { label: 'Vollmacht', help: 'Ein Foto mit dem Handy reicht.' },
  rules: { label: 'Ich stelle die Sachen erst am Vorabend ab 19 Uhr an den Straßenrand.' },
  extras: {
    label: 'Was brauchen Sie noch?',
    options: { copy: 'Eine Kopie', translation: 'Eine Übersetzung' },
  },
  persons: { label: 'Wer ist eingezogen?', entry: 'Person', add: 'Noch eine Person' },
  'persons.givenNames': { label: 'Vornamen' },
  'persons.lastName': { label: 'Familienname' },
};

const things = ['sofa', 'mattress', 'wardrobe', 'table', 'chair', 'carpet', 'bicycle', 'lamp'];

const VOLUMES: Readonly<Record<string, number>> = { sofa: 1.5, mattress: 0.4, wardrobe: 1.2 };

const asked = (...files: Parameters<typeof compileQuestion>[0][]): ReadonlyMap<string, CompiledQuestion> =>
  new Map(files.map((file) => [file.id, compileQuestion(file)]));

export const QUESTIONS = asked(
  {
    id: 'kind',
    kind: 'chooseOne',
    options: [
      { id: 'bulky', pictogram: 'sofa' },
      { id: 'white', pictogram: 'fridge' },
    ],
  },
  {
    id: 'items',
    kind: 'chooseSome',
    counted: true,
    options: things.map((id) => ({ id, pictogram: id, values: { volume: VOLUMES[id] ?? 0.2 } })),
    max: 20,
  },
  { id: 'address', kind: 'address', within: 'city' },
  { id: 'familyName', kind: 'name', max: 60, autocomplete: 'family-name' },
  { id: 'moveIn', kind: 'date' },
  { id: 'owner', kind: 'yesNo' },
  { id: 'pickup', kind: 'slot', calendar: 'sperrmuell', areaFrom: 'address' },
  { id: 'phone', kind: 'phone', optional: true },
  { id: 'email', kind: 'email', optional: true },
  { id: 'account', kind: 'iban', countries: 'sepa' },
  { id: 'card', kind: 'serialNumber', issuer: 'german' },
  { id: 'note', kind: 'longText', max: 300 },
  { id: 'rooms', kind: 'number', min: 1, max: 12 },
  { id: 'country', kind: 'country' },
  {
    id: 'court',
    kind: 'text',
    suggestions: ['Amtsgericht Karlsruhe', 'Amtsgericht Karlsruhe-Durlach, Karlsruhe', 'Amtsgericht Kehl'],
  },
  { id: 'mandate', kind: 'file', accept: ['application/pdf', 'image/jpeg'], maxBytes: 10_485_760 },
  { id: 'rules', kind: 'declaration' },
  { id: 'extras', kind: 'chooseSome', options: [{ id: 'copy' }, { id: 'translation' }] },
  {
    id: 'persons',
    kind: 'group',
    min: 1,
    max: 6,
    questions: [
      { id: 'givenNames', kind: 'name' },
      { id: 'lastName', kind: 'name' },
    ],
  },
);

const items = QUESTIONS.get('items');
if (items?.kind === 'chooseSome') items.sum = { value: 'volume', most: 4, unit: 'm³' };

export const GALLERY_ITEMS = [
  ['sofa', 'yes', 'Möbel'],
  ['mattress', 'yes', 'Matratzen'],
  ['carpet', 'yes', 'Teppiche'],
  ['bicycle', 'yes', 'Fahrräder'],
  ['shirt', 'no', 'Kleidung und Textilien'],
  ['paint', 'no', 'Farben und Lacke'],
  ['rubble', 'no', 'Bauschutt'],
  ['tyre', 'no', 'Reifen'],
  ['plug', 'no', 'Elektrogeräte'],
  ['door', 'no', 'Türen und Fenster'],
  ['bag', 'no', 'Kleinkram in Säcken'],
  ['hazard', 'no', 'Gefährliche Stoffe'],
] as const;

export function samplePage(
  id: string,
  ids: readonly string[],
  more: Partial<CompiledPage> = {},
): CompiledPage {
  return {
    id,
    kind: 'questions',
    index: 1,
    when: undefined,
    questions: ids.flatMap((one) => QUESTIONS.get(one) ?? []),
    pictogram: undefined,
    gallery: [],
    ...more,
  };
}

export const SERVICE_TEXTS: ServiceTexts = {
  title: 'Sperrmüll abholen lassen',
  summary: 'Wir holen alte Möbel und große Haushaltsgeräte bei Ihnen ab.',
  cost: 'Kostenlos',
  duration: 'Etwa 5 Minuten',
  needs: [],
  about: [],
  keywords: [],
  sections: {},
  pages: {
    what: { title: 'Was sollen wir abholen?', text: undefined, gallery: {} },
    contact: { title: 'Wie erreichen wir Sie?', text: 'Nur, wenn wir eine Frage haben.', gallery: {} },
    rulesPage: {
      title: 'Gut zu wissen',
      text: 'Bitte stellen Sie nur hinaus, was wir mitnehmen können.',
      gallery: {
        ...{ yes: 'Das nehmen wir mit', no: 'Das lassen wir stehen' },
        ...Object.fromEntries(GALLERY_ITEMS.map(([id, , text]) => [id, text])),
      },
    },
    household: { title: 'Ihr Haushalt', text: undefined, gallery: {} },
  },
  questions: Object.fromEntries(Object.entries(TEXTS).map(([id, texts]) => [id, { ...NOTHING, ...texts }])),
  computed: {},
  result: {
    title: '',
    next: [],
    document: undefined,
    documentText: undefined,
    labels: {},
    code: undefined,
    codeHelp: undefined,
    calendar: undefined,
    undecided: undefined,
  },
  states: {},
  fee: undefined,
  portal: undefined,
};
