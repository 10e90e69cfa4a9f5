/**
 * Where only the authority's own portal takes a request, or a city decides so: what the service is stays the same,
 * its way becomes leaving, coming back, and what happens next.
 */
import { choiceQuestion } from './questions.ts';
import type {
  CompiledPage,
  CompiledService,
  Language,
  PageTexts,
  QuestionTexts,
  ServiceTexts,
} from './types.ts';
import { LANGUAGES } from './types-answer.ts';

/** How it went there. Counted by these words, so they are the same for every portal. */
const WENT = ['done', 'later', 'problem'] as const;

interface Words {
  leave: string;
  leaveText: string;
  went: string;
  options: Record<(typeof WENT)[number], string>;
  done: string;
  open: string;
  openText: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  de: {
    leave: 'Weiter beim zuständigen Amt',
    leaveText:
      'Diesen Antrag nimmt nur das zuständige Amt auf seiner eigenen Seite entgegen. Sie öffnet sich in einem neuen Fenster. Danach kommen Sie hierher zurück.',
    went: 'Hat alles geklappt?',
    options: {
      done: 'Ja, ich bin fertig',
      later: 'Noch nicht, ich mache es später',
      problem: 'Nein, es gab ein Problem',
    },
    done: 'Das war alles',
    open: 'Das ist noch offen',
    openText:
      'Sie können es jederzeit noch einmal versuchen, hier oder zu Hause. Hilfe bekommen Sie unter der Nummer 115.',
  },
  en: {
    leave: 'Go on at the authority in charge',
    leaveText:
      'Only the authority in charge takes this request, on its own website. It opens in a new window. Afterwards you come back here.',
    went: 'Did everything work?',
    options: {
      done: 'Yes, I have finished',
      later: 'Not yet, I will do it later',
      problem: 'No, there was a problem',
    },
    done: 'That was all',
    open: 'This is still open',
    openText: 'You can try again at any time, here or at home. You get help at the number 115.',
  },
  leicht: {
    leave: 'Weiter bei einem anderen Amt',
    leaveText:
      'Diesen Antrag macht ein anderes Amt.\nDas Amt hat eine eigene Internet-Seite.\nDie Seite öffnet sich in einem neuen Fenster.\nDanach kommen Sie hierher zurück.',
    went: 'Hat alles geklappt?',
    options: {
      done: 'Ja, ich bin fertig',
      later: 'Nein, ich mache es später',
      problem: 'Nein, es gab ein Problem',
    },
    done: 'Das war alles',
    open: 'Das ist noch nicht fertig',
    openText:
      'Sie können es später noch einmal versuchen.\nHilfe bekommen Sie am Telefon.\nDie Nummer ist 115.',
  },
};

const page = (id: string, index: number, more: Partial<CompiledPage>): CompiledPage => ({
  ...{ id, index, kind: 'finish', when: undefined, questions: [], pictogram: undefined, gallery: [] },
  ...{ identify: undefined, device: undefined, portal: undefined },
  ...{ office: undefined, appointment: undefined },
  ...more,
});

function texts(own: ServiceTexts, language: Language): ServiceTexts {
  const words = WORDS[language];
  const titled = (title: string, text: string | undefined): PageTexts => ({ title, text, gallery: {} });
  const went: QuestionTexts = {
    ...{ label: words.went, help: undefined, options: words.options, optionHelp: {}, errors: {} },
    ...{ entry: undefined, full: undefined, add: undefined },
  };
  const { needs = own.needs, duration = own.duration, post } = own.portal ?? {};
  return {
    ...own,
    ...{ needs, duration, computed: {}, states: {}, fee: undefined },
    pages: {
      portal: titled(words.leave, words.leaveText),
      open: titled(words.open, words.openText),
      finish: titled(words.done, post),
    },
    questions: { went },
  };
}

/**
 * @param service one with a portal
 * @returns the same service, done at the portal
 * @throws Error when it has none
 */
export function atPortal(service: CompiledService): CompiledService {
  const { portal } = service;
  if (!portal) throw new Error(`${service.slug} has no portal`);
  const went = choiceQuestion('went', WENT);
  return {
    ...service,
    ...{ fulfilment: 'portal', identity: 'none', retention: undefined, register: undefined },
    ...{ delivery: { channel: 'desk' }, computed: [], entitlement: undefined, decisions: [], journeys: [] },
    // What it costs is paid there; the words on the tile say how much.
    fee: { cents: 0, legalBasis: undefined, each: undefined, exemptions: [] },
    result: { code: undefined, document: undefined, calendar: undefined },
    pages: [
      page('portal', 0, { kind: 'portal', portal: portal.id, questions: [went] }),
      page('open', 1, { when: (scope) => scope.went !== 'done' && scope.went !== undefined }),
      page('finish', 2, {}),
    ],
    questions: new Map([[went.id, went]]),
    texts: Object.fromEntries(
      LANGUAGES.map((language) => [language, texts(service.texts[language], language)]),
    ) as Record<Language, ServiceTexts>,
  };
}
