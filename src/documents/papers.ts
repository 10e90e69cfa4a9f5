import { generate } from 'lean-qr';
import { toSvgSource } from 'lean-qr/extras/svg';
import { type About, about, dateWithWeekday, isUnapproved, longDate, SOURCE } from '#language';
import { civilDate, civilTime } from '#time';
import { createTypst, type Renderer } from './renderer.ts';
import { SIGNERS, type Signer } from './signer.ts';
import type {
  ConfirmationData,
  DocumentCity,
  DocumentCode,
  LetterData,
  OfficialData,
  ReceiptData,
  RegisterPrintData,
  TicketData,
} from './types.ts';
import { paperWords } from './words.ts';

const DEFAULT_ACCENT = '#1f4e79';

type Framed = Pick<RegisterPrintData, 'language' | 'office' | 'title'> & {
  number?: string;
  code?: DocumentCode | undefined;
};

/** The language as Typst wants it: an empty region is none. */
function spoken({ tag, direction }: About) {
  const { language, region } = new Intl.Locale(tag);
  return { lang: language, region: region ?? '', direction };
}

/** What every template gets. */
function framed(city: DocumentCity, data: Framed, at: Date) {
  const [year = 0, month = 0, day = 0] = civilDate(at).split('-').map(Number);
  return {
    ...spoken(about(data.language)),
    easy: about(data.language).register !== undefined,
    machine: isUnapproved(data.language) ? paperWords(data.language).machine : '',
    words: Object.fromEntries(
      Object.entries(paperWords(data.language)).filter(([, word]) => typeof word === 'string'),
    ),
    city: city.name,
    accent: city.accent ?? DEFAULT_ACCENT,
    office: { name: data.office.name, address: data.office.address, phone: data.office.phone ?? '' },
    title: data.title,
    number: data.number ?? '',
    code: data.code ?? { label: '', value: '', help: '' },
    made: { year, month, day },
  };
}

export interface Papers {
  /** @returns PDF/UA-1 on A4 */
  receipt(data: ReceiptData): Promise<Buffer>;
  /** @returns PDF/UA-1 on A4 */
  confirmation(data: ConfirmationData): Promise<Buffer>;
  /** @returns PDF/UA-1 on A4, signed where the office signs its papers */
  official(data: OfficialData): Promise<Buffer>;
  /** @returns PDF/UA-1 on A4 */
  registerPrint(data: RegisterPrintData): Promise<Buffer>;
  /** @returns PDF/UA-1 on A4, the address where window envelopes have their window (DIN 5008, form B) */
  letter(data: LetterData): Promise<Buffer>;
  /** @returns PDF/UA-1 on A4 */
  ticket(data: TicketData): Promise<Buffer>;
}

const qrOf = (link: string): string => toSvgSource(generate(link), { on: 'black', padX: 0, padY: 0 });

function confirmed(city: DocumentCity, data: ConfirmationData | OfficialData) {
  const words = paperWords(data.language);
  const own = 'own' in data && data.own === true;
  return {
    ...framed(city, data, data.issuedAt),
    own,
    issued: (own ? words.handedIn : words.issued)({
      date: longDate(civilDate(data.issuedAt), data.language),
    }),
    text: data.text,
    note: 'asStated' in data && data.asStated ? words.asStated : '',
    fields: data.fields.map(({ label, value }) => ({ label, value })),
    check: 'check' in data ? { ...data.check, qr: qrOf(data.check.link) } : { code: '' },
  };
}

/**
 * @param city whose papers they are
 * @param signer who signs what an office issues
 * @param renderer what makes the PDF; offices of one process can share one
 */
export function createPapers(
  city: DocumentCity,
  signer: Signer = SIGNERS.none,
  renderer: Renderer = createTypst(),
): Papers {
  const frame = (data: Framed, at: Date) => framed(city, data, at);
  return {
    receipt(data) {
      const words = paperWords(data.language);
      const received = longDate(civilDate(data.receivedAt), data.language);
      return renderer.render('receipt', {
        ...frame(data, data.receivedAt),
        received: words.received({ date: received, time: civilTime(data.receivedAt) }),
        accessCode: data.accessCode,
        paid: data.paid ?? '',
        kept: data.kept ?? '',
        since: { title: data.since?.title ?? '', lines: data.since?.lines ?? [] },
        date: data.date ? dateWithWeekday(data.date, data.language) : '',
        qr: qrOf(data.statusLink),
        statusAddress: data.statusAddress,
        next: data.next,
        sections: data.sections.map(({ title, lines }) => ({
          title,
          lines: lines.map(({ label, value }) => ({ label, value })),
        })),
      });
    },
    confirmation: (data) => renderer.render('confirmation', confirmed(city, data)),
    official: async (data) =>
      signer.sign(await renderer.render('confirmation', confirmed({ ...city, name: data.city }, data))),
    letter: (data) =>
      renderer.render('letter', {
        ...frame({ ...data, language: 'de' }, data.writtenAt),
        sender: [city.name, data.office.name, data.office.address].join(' · '),
        recipient: data.recipient,
        written: longDate(civilDate(data.writtenAt), 'de'),
        ...{ before: data.before, after: data.after },
      }),
    ticket(data) {
      const words = paperWords(data.language);
      const printed = longDate(civilDate(data.printedAt), data.language);
      return renderer.render('ticket', {
        ...frame(data, data.printedAt),
        printed: words.printed({ date: printed, time: civilTime(data.printedAt) }),
        paragraphs: data.paragraphs,
        appointment: data.appointment,
        hours: data.hours,
        german: data.german ? { ...data.german, ...spoken(about(SOURCE)) } : { title: '' },
      });
    },
    registerPrint(data) {
      const { subtitle, notice, result, entriesTitle, empty, entries, notes } = data;
      const words = paperWords(data.language);
      const printed = longDate(civilDate(data.printedAt), data.language);
      const every = frame(data, data.printedAt);
      return renderer.render('register-print', {
        ...every,
        // The office printed this; another authority answers for what it says.
        words: { ...every.words, office: words.printedBy },
        printed: words.printed({ date: printed, time: civilTime(data.printedAt) }),
        subtitle,
        notice,
        about: data.about.map(({ label, value }) => ({ label, value })),
        result: { label: result.label, value: result.value, texts: result.texts },
        entriesTitle,
        empty,
        entries: entries.map(({ title, lines }) => ({
          title,
          lines: lines.map(({ label, value }) => ({ label, value })),
        })),
        notes: notes.map(({ title, text }) => ({ title, text })),
      });
    },
  };
}
