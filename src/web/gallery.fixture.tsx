/** Every component and every kind of question in sample pages, for the tests that look at them. */
import type { FieldError, FormFields } from '#journey';
import type { Language } from '#language';
import type { CompiledPage } from '#service';
import { GALLERY_ITEMS, SERVICE_TEXTS, samplePage } from './gallery.questions.fixture.ts';
import {
  Actions,
  Alert,
  BigCode,
  Button,
  Card,
  type Child,
  Countdown,
  Do,
  deskLayout,
  EmptyState,
  Facts,
  fieldId,
  Go,
  JourneyForm,
  JourneyPage,
  Languages,
  LinkButton,
  layout,
  NextSteps,
  type Page,
  type PageSettings,
  PlaceCard,
  QrCode,
  Say,
  SearchField,
  SummaryList,
  Table,
  Tile,
  Tiles,
} from './index.ts';
import { layoutWords } from './said.ts';

export interface Sample {
  language?: Language;
  settings?: Partial<PageSettings>;
  mode?: 'terminal' | 'phone';
  csrf?: string;
  /** Instead of what the sample has in its fields. */
  fields?: FormFields;
}

function frame(sample: Sample, more: Partial<Page>, body: (page: Page) => Child): string {
  const page: Page = {
    title: 'Sperrmüll abholen lassen',
    language: sample.language ?? 'de',
    settings: { size: 1, contrast: false, reach: false, ...sample.settings },
    accent: '#a3122a',
    city: 'Karlsruhe',
    phone: '115',
    place: 'Rathaus am Marktplatz',
    mode: sample.mode ?? 'terminal',
    path: '/',
    csrf: sample.csrf ?? 'token',
    ...more,
  };
  return layout(page, body(page));
}

const SLOTS = ['2026-12-02', '2026-12-09', '2026-12-16', '2026-12-23', '2026-12-30', '2027-01-06'].map(
  (date, at) => ({ id: `slot-${at}`, date, left: at === 1 ? 1 : 12 - at }),
);
const DAYS = [...SLOTS, { date: '2026-12-24', closed: 'Heiligabend' }].toSorted((one, other) =>
  one.date < other.date ? -1 : 1,
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
        kind: 'form',
        back: '/service/sperrmuell',
        sections: { names: ['Sachen', 'Adresse', 'Tag', 'Prüfen'], at: 1 },
        visit: { idleSeconds: 60 },
      },
      () => (
        <JourneyPage
          page={page}
          texts={SERVICE_TEXTS}
          action="/answers"
          shell={{
            csrf: sample.csrf ?? 'token',
            path: '/answers',
            mode: sample.mode ?? 'terminal',
            back: '/service/sperrmuell',
          }}
          view={{
            fields: sample.fields ?? fields,
            errors,
            language: sample.language ?? 'de',
            today: '2026-11-23',
            mode: sample.mode ?? 'terminal',
            streetsUrl: '/streets.json',
            cityName: 'Karlsruhe',
            slots: DAYS,
            open,
          }}
        />
      ),
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
    frame(sample, { title: 'Willkommen', kind: 'home', quiet: true }, (page) => (
      <>
        <Say>
          <h1>Was möchten Sie erledigen?</h1>
        </Say>
        <Do>
          <Languages page={page} />
          <SearchField action="/" name="q" label="Suchen Sie mit Ihren eigenen Worten" hint="Umzug, Perso" />
          <Tiles>
            {TILES.map(([pictogram, title, ...facts]) => (
              <Tile href="/service/x" pictogram={pictogram} title={title} facts={facts} />
            ))}
          </Tiles>
        </Do>
      </>
    )),
  choice: asked(samplePage('what', ['kind']), { kind: ['bulky'] }),
  yesNo: asked(samplePage('owner', ['owner'])),
  counted: asked(samplePage('items', ['items']), { 'items.sofa': ['1'], 'items.mattress': ['2'] }),
  address: asked(samplePage('household', ['address', 'familyName'])),
  contact: asked(samplePage('contact', ['phone', 'email', 'note'])),
  account: asked(samplePage('account', ['account', 'card']), { account: ['DE88 3704 0044 0532 0130 00'] }, [
    error('account', 'ibanSlip'),
  ]),
  date: asked(samplePage('moveIn', ['moveIn'])),
  declaration: asked(samplePage('rulesPage', ['rules'])),
  dateAmong: asked(samplePage('household', ['moveIn', 'rooms'])),
  slot: asked(samplePage('date', ['pickup'], { kind: 'slot' }), { pickup: ['slot-2'] }),
  rules: asked(
    samplePage('rulesPage', ['rules'], {
      kind: 'information',
      gallery: GALLERY_ITEMS.map(([pictogram, tone]) => ({ id: pictogram, pictogram, tone })),
    }),
  ),
  other: asked(samplePage('household', ['rooms', 'country', 'court', 'extras'])),
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
      {
        kind: 'review',
        back: '/x',
        sections: { names: ['Sachen', 'Adresse', 'Tag', 'Prüfen'], at: 3 },
        visit: { idleSeconds: 60 },
      },
      (page) => (
        <JourneyForm action="/submit" page={page}>
          <Say>
            <h1>Bitte prüfen Sie Ihre Angaben</h1>
          </Say>
          <Do>
            <SummaryList
              sections={[
                {
                  page: 'items',
                  title: 'Ihre Sachen',
                  lines: [
                    { field: 'kind', label: 'Was sollen wir abholen?', value: 'Sperrmüll', file: undefined },
                    {
                      field: 'items',
                      label: 'Ihre Sachen',
                      value: '1 × Sofa\n2 × Matratze',
                      file: undefined,
                    },
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
          </Do>
          <Go page={page}>
            <Button pictogram="forward">Jetzt verbindlich absenden</Button>
          </Go>
        </JourneyForm>
      ),
    ),
  result: (sample) =>
    frame(sample, { title: 'Geschafft', kind: 'result' }, (page) => (
      <>
        <Say>
          <h1>Ihr Abholtermin: Mittwoch, 2. Dezember</h1>
        </Say>
        <Do>
          <Alert tone="success" title="Wir haben Ihren Auftrag erhalten." />
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
        </Do>
        <Go page={page}>
          <LinkButton href="/receipt" pictogram="printer">
            Beleg drucken
          </LinkButton>
          <LinkButton href="/calendar" kind="secondary" pictogram="calendar" download>
            In den Kalender
          </LinkButton>
          <LinkButton href="/phone" kind="quiet" pictogram="phoneHandover">
            Auf das Handy
          </LinkButton>
        </Go>
      </>
    )),
  service: (sample) =>
    frame(sample, { kind: 'service', back: '/' }, (page) => (
      <>
        <Say>
          <h1>Führungszeugnis</h1>
          <p class="lead">Das Führungszeugnis zeigt, ob Sie vorbestraft sind.</p>
        </Say>
        <Do>
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
        </Do>
        <Go page={page} />
      </>
    )),
  status: (sample) =>
    frame(sample, { title: 'Was ist mit meinem Antrag?', kind: 'text', back: '/' }, (page) => (
      <JourneyForm action="/status" page={page}>
        <Say>
          <h1>Was ist mit meinem Antrag?</h1>
        </Say>
        <Do>
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
        </Do>
        <Go page={page}>
          <Button pictogram="forward">Anzeigen</Button>
        </Go>
      </JourneyForm>
    )),
  closed: (sample) =>
    frame(sample, { title: 'Geschlossen', kind: 'closed', quiet: true }, ({ language }) => (
      <>
        <Say>
          <h1>Wir haben gerade geschlossen</h1>
          <p class="lead">Am Montag um 8 Uhr sind wir wieder da. Am Telefon hilft Ihnen die 115.</p>
        </Say>
        <Do>
          <Countdown seconds={15} language={language} says={layoutWords(language).idleSeconds} />
        </Do>
      </>
    )),
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
        <EmptyState heading="h2" pictogram="check" title="Alles erledigt" />
        <Actions>
          <Button kind="danger">Ablehnen</Button>
        </Actions>
      </>,
    ),
};
