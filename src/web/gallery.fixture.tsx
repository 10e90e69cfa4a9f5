/** Every component and every kind of question in sample pages, for the tests that look at them. */
import type { FieldError, FormFields } from '#journey';
import type {
  CompiledPage,
  CompiledQuestion,
  Language,
  QuestionKind,
  QuestionTexts,
  ServiceTexts,
} from '#service';
import {
  Actions,
  Alert,
  BigCode,
  Button,
  Card,
  type Child,
  Countdown,
  deskLayout,
  EmptyState,
  Facts,
  fieldId,
  JourneyForm,
  JourneyPage,
  LinkButton,
  layout,
  NextSteps,
  type Page,
  type PageSettings,
  PlaceCard,
  QrCode,
  SearchField,
  SummaryList,
  Table,
  Tile,
  Tiles,
} from './index.ts';

const NOTHING: QuestionTexts = {
  label: '',
  help: undefined,
  options: {},
  optionHelp: {},
  errors: {},
  entry: undefined,
  add: undefined,
};

/** A question with everything left open that a sample does not need. */
export function question(
  id: string,
  kind: QuestionKind,
  more: Partial<CompiledQuestion> = {},
): CompiledQuestion {
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
    within: 'anywhere',
    accept: [],
    maxBytes: 0,
    calendar: undefined,
    areaFrom: undefined,
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
  pickup: question('pickup', 'slot', { calendar: 'sperrmuell' }),
  phone: question('phone', 'phone', { optional: true }),
  email: question('email', 'email', { optional: true }),
  note: question('note', 'longText', { max: 300 }),
  rooms: question('rooms', 'number', { min: 1, max: 12 }),
  country: question('country', 'country'),
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

const GALLERY_ITEMS = [
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

function samplePage(id: string, ids: readonly QuestionId[], more: Partial<CompiledPage> = {}): CompiledPage {
  return {
    id,
    kind: 'questions',
    index: 1,
    when: undefined,
    questions: ids.map((one) => QUESTIONS[one]),
    pictogram: undefined,
    gallery: [],
    ...more,
  };
}

const SERVICE_TEXTS: ServiceTexts = {
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
    code: undefined,
    codeHelp: undefined,
    calendar: undefined,
  },
  states: {},
};

export interface Sample {
  language?: Language;
  settings?: Partial<PageSettings>;
  mode?: 'terminal' | 'phone';
  csrf?: string;
  /** Instead of what the sample has in its fields. */
  fields?: FormFields;
}

function frame(sample: Sample, more: Partial<Page>, body: Child): string {
  const page: Page = {
    title: 'Sperrmüll abholen lassen',
    language: sample.language ?? 'de',
    settings: { size: 1, contrast: false, reach: false, ...sample.settings },
    accent: '#a3122a',
    city: 'Karlsruhe',
    place: 'Rathaus am Marktplatz',
    mode: sample.mode ?? 'terminal',
    path: '/',
    csrf: sample.csrf ?? 'token',
    ...more,
  };
  return layout(page, body);
}

const SLOTS = ['2026-12-02', '2026-12-09', '2026-12-16', '2026-12-23', '2026-12-30', '2027-01-06'].map(
  (date, at) => ({ id: `slot-${at}`, date, left: at === 1 ? 1 : 12 - at }),
);

function asked(
  page: CompiledPage,
  fields: FormFields = {},
  errors: readonly FieldError[] = [],
  open?: number,
): (sample: Sample) => string {
  return (sample) =>
    frame(
      sample,
      {
        service: 'sperrmuell',
        page: page.id,
        back: '/service/sperrmuell',
        progress: { step: 3, of: 7 },
        visit: { idleSeconds: 60 },
      },
      <JourneyPage
        page={page}
        texts={SERVICE_TEXTS}
        action="/answers"
        shell={{ csrf: sample.csrf ?? 'token', path: '/answers', mode: sample.mode ?? 'terminal' }}
        view={{
          fields: sample.fields ?? fields,
          errors,
          language: sample.language ?? 'de',
          today: '2026-11-23',
          mode: sample.mode ?? 'terminal',
          streetsUrl: '/streets.json',
          cityName: 'Karlsruhe',
          slots: SLOTS,
          open,
        }}
      />,
    );
}

const TILES = [
  [
    'sofa',
    'Sperrmüll abholen lassen',
    'Wir holen alte Möbel und große Haushaltsgeräte bei Ihnen ab.',
    'Kostenlos',
    '5 Minuten',
  ],
  [
    'houseKey',
    'Wohnungsgeber­bestätigung',
    'Sie bestätigen, wer bei Ihnen eingezogen ist.',
    'Kostenlos',
    '5 Minuten',
  ],
  [
    'idCard',
    'Online-Ausweis: PIN setzen',
    'Damit können Sie sich im Internet ausweisen.',
    'Kostenlos',
    '5 Minuten',
  ],
  [
    'account',
    'Bürgerkonto (BundID)',
    'Ein Konto für alle Behörden in Deutschland.',
    'Kostenlos',
    '15 Minuten',
  ],
  ['plane', 'Abmeldung ins Ausland', 'Sie ziehen weg aus Deutschland.', 'Kostenlos', '10 Minuten'],
  ['certificate', 'Führungszeugnis', 'Für Arbeitgeber, Vereine und Behörden.', '13 Euro', '10 Minuten'],
  ['cradle', 'Geburts-, Ehe- und Sterbeurkunden', 'Urkunden vom Standesamt.', 'ab 15 Euro', '10 Minuten'],
  ['trafficLight', 'Punkte in Flensburg', 'Wie viele Punkte habe ich?', 'Kostenlos', '5 Minuten'],
] as const;

const error = (field: string, code: string, params: FieldError['params'] = {}): FieldError => ({
  field,
  code,
  own: false,
  params,
});

/** Sample pages by name. */
export const GALLERY: Readonly<Record<string, (sample: Sample) => string>> = {
  home: (sample) =>
    frame(
      sample,
      { title: 'Willkommen', wide: true, quiet: true },
      <>
        <div class="hero">
          <h1>Was möchten Sie erledigen?</h1>
          <SearchField action="/" name="q" label="Suchen Sie mit Ihren eigenen Worten" button="Suchen" />
        </div>
        <Tiles>
          {TILES.map(([pictogram, title, summary, cost, duration]) => (
            <Tile
              href="/service/x"
              pictogram={pictogram}
              title={title}
              summary={summary}
              cost={cost}
              duration={duration}
            />
          ))}
        </Tiles>
      </>,
    ),
  choice: asked(samplePage('what', ['kind']), { kind: ['bulky'] }),
  yesNo: asked(samplePage('owner', ['owner'])),
  counted: asked(samplePage('items', ['items']), { 'items.sofa': ['1'], 'items.mattress': ['2'] }),
  address: asked(samplePage('household', ['address', 'familyName'])),
  contact: asked(samplePage('contact', ['phone', 'email', 'note'])),
  date: asked(samplePage('moveIn', ['moveIn'])),
  slot: asked(samplePage('date', ['pickup'], { kind: 'slot' }), { pickup: ['slot-2'] }),
  rules: asked(
    samplePage('rulesPage', ['rules'], {
      kind: 'information',
      gallery: GALLERY_ITEMS.map(([pictogram, tone]) => ({ id: pictogram, pictogram, tone })),
    }),
  ),
  other: asked(samplePage('household', ['rooms', 'country', 'extras'])),
  upload: asked(samplePage('mandate', ['mandate'], { kind: 'upload' })),
  uploaded: asked(samplePage('mandate', ['mandate'], { kind: 'upload' }), {
    mandate: ['Vollmacht Schneider.pdf'],
  }),
  group: asked(samplePage('persons', ['persons']), {
    'persons[0].givenNames': ['Thị Hồng'],
    'persons[0].lastName': ['Đặng'],
    'persons[1].givenNames': ['Łukasz'],
    'persons[1].lastName': ['von und zu Ünlü'],
  }),
  groupOpen: asked(
    samplePage('persons', ['persons']),
    { 'persons[0].givenNames': ['Thị Hồng'], 'persons[0].lastName': ['Đặng'] },
    [],
    1,
  ),
  errors: asked(
    samplePage('household', ['address', 'familyName', 'moveIn', 'rooms', 'rules']),
    { 'address.street': ['Kaiserstrase'], 'moveIn.day': ['31'], 'moveIn.month': ['2'], rooms: ['40'] },
    [
      error('address.street', 'unknownStreet', { suggestions: 'Kaiserstraße, Kaiserallee' }),
      error('familyName', 'required'),
      error('moveIn', 'yearMissing'),
      error('rooms', 'tooLarge', { max: 12 }),
      error('rules', 'mustConfirm'),
    ],
  ),
  review: (sample) =>
    frame(
      sample,
      { back: '/x', progress: { step: 7, of: 7 }, visit: { idleSeconds: 60 } },
      <JourneyForm action="/submit" page={{ csrf: 'token', path: '/submit', mode: 'terminal' }}>
        <h1>Bitte prüfen Sie Ihre Angaben</h1>
        <SummaryList
          empty="Keine Angabe"
          change={{ word: 'ändern', href: (page) => `/service/sperrmuell/${page}` }}
          sections={[
            {
              page: 'items',
              title: 'Ihre Sachen',
              lines: [
                { field: 'kind', label: 'Was sollen wir abholen?', value: 'Sperrmüll', file: undefined },
                { field: 'items', label: 'Ihre Sachen', value: '1 × Sofa\n2 × Matratze', file: undefined },
                { field: 'volume', label: 'Geschätzte Menge', value: '2,3 m³', file: undefined },
              ],
            },
            {
              page: 'address',
              title: 'Adresse',
              lines: [
                {
                  field: 'address',
                  label: 'Adresse',
                  value: 'Kaiserstraße 10\n76133 Karlsruhe',
                  file: undefined,
                },
                { field: 'familyName', label: 'Familienname', value: 'Nguyễn-O’Brien', file: undefined },
                { field: 'phone', label: 'Telefon', value: '', file: undefined },
              ],
            },
          ]}
        />
        <Actions>
          <Button pictogram="forward">Jetzt verbindlich absenden</Button>
        </Actions>
      </JourneyForm>,
    ),
  result: (sample) =>
    frame(
      sample,
      { title: 'Geschafft' },
      <>
        <Alert tone="success" title="Wir haben Ihren Auftrag erhalten." />
        <h1>Ihr Abholtermin: Mittwoch, 2. Dezember</h1>
        <NextSteps
          steps={[
            'Stellen Sie die Sachen am Dienstag, 1. Dezember ab 19 Uhr an den Straßenrand.',
            'Wir kommen am Mittwoch, 2. Dezember ab 6:30 Uhr.',
            'Wir schreiben Ihnen, wenn sich etwas ändert.',
          ]}
        />
        <div class="with-qr">
          <BigCode label="Ihre Vorgangsnummer" code="KA-7Q4M-93XT" help="Damit finden wir Ihren Auftrag." />
          <QrCode text="https://office.example/status#KA-7Q4M-93XT.ABCD" label="QR-Code zur Statusseite" />
        </div>
        <Actions>
          <LinkButton href="/receipt" pictogram="printer">
            Beleg drucken
          </LinkButton>
          <LinkButton href="/calendar" kind="secondary" pictogram="calendar" download>
            In den Kalender
          </LinkButton>
          <LinkButton href="/phone" kind="quiet" pictogram="phoneHandover">
            Auf das Handy
          </LinkButton>
        </Actions>
      </>,
    ),
  service: (sample) =>
    frame(
      sample,
      { back: '/' },
      <>
        <h1>Führungszeugnis</h1>
        <p class="lead">Das Führungszeugnis zeigt, ob Sie vorbestraft sind.</p>
        <Facts
          items={[
            { pictogram: 'euro', text: '13 Euro' },
            { pictogram: 'clock', text: 'Etwa 10 Minuten' },
            { pictogram: 'office', text: 'Bundesamt für Justiz' },
          ]}
        />
        <Card title="Das brauchen Sie" pictogram="list">
          <ul class="plain">
            <li>Personalausweis oder Reisepass</li>
            <li>Online-Ausweis mit PIN</li>
          </ul>
        </Card>
        <h2>Hier bekommen Sie es</h2>
        <ul class="places">
          <PlaceCard
            pictogram="portal"
            title="Online beim Bundesamt für Justiz"
            lines={['Mit Online-Ausweis']}
          >
            <LinkButton href="https://www.fuehrungszeugnis.bund.de" kind="secondary" pictogram="portal">
              Zum Online-Antrag
            </LinkButton>
          </PlaceCard>
          <PlaceCard
            pictogram="office"
            title="Bürgerbüro Kaiserallee 8"
            lines={['Heute bis 17 Uhr geöffnet', 'Montag bis Freitag 8–17 Uhr']}
          />
          <PlaceCard pictogram="phone" title="115" lines={['Montag bis Freitag 8–18 Uhr']} />
        </ul>
      </>,
    ),
  status: (sample) =>
    frame(
      sample,
      { title: 'Was ist mit meinem Antrag?', back: '/' },
      <JourneyForm action="/status" page={{ csrf: 'token', path: '/status', mode: 'terminal' }}>
        <h1>Was ist mit meinem Antrag?</h1>
        <am-status>
          {(['number', 'code'] as const).map((name) => (
            <div class="field">
              <label class="kern-label" for={fieldId(name)}>
                {name}
              </label>
              <input
                class="kern-form-input__input"
                id={fieldId(name)}
                name={name}
                type="text"
                autocomplete="off"
              />
            </div>
          ))}
        </am-status>
        <Actions>
          <Button pictogram="forward">Anzeigen</Button>
        </Actions>
      </JourneyForm>,
    ),
  closed: (sample) =>
    frame(
      sample,
      { title: 'Geschlossen', quiet: true },
      <EmptyState pictogram="clock" title="Wir haben gerade geschlossen">
        <p class="lead">Am Montag um 8 Uhr sind wir wieder da. Am Telefon hilft Ihnen die 115.</p>
        <Countdown seconds={15} label="Sekunden" />
      </EmptyState>,
    ),
  desk: () =>
    deskLayout(
      {
        title: 'Eingang',
        city: 'Karlsruhe',
        accent: '#a3122a',
        user: { name: 'Mira Beispiel', role: 'Team Sauberes Karlsruhe' },
        nav: [
          { href: '/desk', label: 'Neu', count: 12, current: true },
          { href: '/desk/mine', label: 'Meine', count: 3 },
          { href: '/desk/waiting', label: 'Wartet' },
        ],
        csrf: 'token',
        signOut: '/desk/sign-out',
      },
      <>
        <h1>Neue Vorgänge</h1>
        <Table
          caption="Neue Vorgänge"
          captionHidden
          columns={[
            { title: 'Nummer' },
            { title: 'Leistung' },
            { title: 'Eingang' },
            { title: 'Alter', numeric: true },
          ]}
          rows={[
            [<a href="/desk/case/1">KA-7Q4M-93XT</a>, 'Sperrmüll', '20.11.2026', '3 Tage'],
            [<a href="/desk/case/2">KA-8R2N-11PD</a>, 'Sperrmüll', '22.11.2026', '1 Tag'],
          ]}
        />
        <Button kind="danger">Ablehnen</Button>
      </>,
    ),
};
