/** Sample questions of every kind, and their texts. */
import type { CompiledPage, CompiledQuestion, QuestionKind, QuestionTexts, ServiceTexts } from '#service';

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

/** A question with everything left open that a sample does not need. */
function question(id: string, kind: QuestionKind, more: Partial<CompiledQuestion> = {}): CompiledQuestion {
  return {
    id,
    kind,
    optional: false,
    options: [],
    optionValues: {},
    optionPictograms: {},
    min: undefined,
    max: undefined,
    counted: false,
    plain: false,
    partial: false,
    within: 'anywhere',
    issuer: 'any',
    spelledAs: undefined,
    accept: [],
    maxBytes: 0,
    calendar: undefined,
    suggestions: [],
    areaFrom: undefined,
    from: undefined,
    autocomplete: undefined,
    questions: [],
    limits: [],
    ...more,
  };
}

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
const self = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, id]));

const QUESTIONS = {
  kind: question('kind', 'chooseOne', {
    options: ['bulky', 'white'],
    optionPictograms: { bulky: 'sofa', white: 'fridge' },
  }),
  items: question('items', 'chooseSome', {
    counted: true,
    options: things,
    optionPictograms: self(things),
    max: 20,
  }),
  address: question('address', 'address', { within: 'city' }),
  familyName: question('familyName', 'name', { max: 60, autocomplete: 'family-name' }),
  moveIn: question('moveIn', 'date'),
  owner: question('owner', 'yesNo'),
  pickup: question('pickup', 'slot', { calendar: { from: undefined, of: { '*': 'sperrmuell' } } }),
  phone: question('phone', 'phone', { optional: true }),
  email: question('email', 'email', { optional: true }),
  note: question('note', 'longText', { max: 300 }),
  rooms: question('rooms', 'number', { min: 1, max: 12 }),
  country: question('country', 'country'),
  court: question('court', 'text', {
    suggestions: ['Amtsgericht Karlsruhe', 'Amtsgericht Karlsruhe-Durlach, Karlsruhe', 'Amtsgericht Kehl'],
  }),
  mandate: question('mandate', 'file', { accept: ['application/pdf', 'image/jpeg'], maxBytes: 10_485_760 }),
  rules: question('rules', 'declaration'),
  extras: question('extras', 'chooseSome', { options: ['copy', 'translation'] }),
  persons: question('persons', 'group', {
    min: 1,
    max: 6,
    questions: [question('givenNames', 'name'), question('lastName', 'name')],
  }),
} as const;
type QuestionId = keyof typeof QUESTIONS;

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
  ids: readonly QuestionId[],
  more: Partial<CompiledPage> = {},
): CompiledPage {
  return {
    id,
    kind: 'questions',
    index: 1,
    when: undefined,
    questions: ids.map((one) => QUESTIONS[one]),
    pictogram: undefined,
    gallery: [],
    identify: undefined,
    device: undefined,
    portal: undefined,
    office: undefined,
    appointment: undefined,
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
  pages: {
    what: { title: 'Was sollen wir abholen?', text: undefined, gallery: {} },
    contact: { title: 'Wie erreichen wir Sie?', text: 'Nur, wenn wir eine Frage haben.', gallery: {} },
    rulesPage: {
      title: 'Gut zu wissen',
      text: 'Bitte stellen Sie nur hinaus, was wir mitnehmen können.',
      gallery: Object.fromEntries(GALLERY_ITEMS.map(([id, , text]) => [id, text])),
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
