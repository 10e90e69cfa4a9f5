/**
 * Where only the authority's own portal takes a request, or a city decides so: what the service is stays the same,
 * its way becomes leaving, coming back, and what happens next.
 */
import { LANGUAGES, type Language, roomWords } from '#language';
import { addedQuestion } from './questions.ts';
import type { CompiledPage, CompiledService, PageTexts, QuestionTexts, ServiceTexts } from './types.ts';
import type { Words } from './words/keys.ts';

/** How it went there. Counted by these words, so they are the same for every portal. */
const WENT = ['done', 'later', 'problem'] as const;

const portalWords = roomWords<Words>('service')('portal');

const page = (id: string, index: number, more: Partial<CompiledPage>): CompiledPage => ({
  ...{ id, index, kind: 'finish', when: undefined, questions: [], pictogram: undefined, gallery: [] },
  ...more,
});

function texts(own: ServiceTexts, language: Language, phone: string): ServiceTexts {
  const words = portalWords(language);
  const options = { done: words.went_done, later: words.went_later, problem: words.went_problem };
  const titled = (title: string, text: string | undefined): PageTexts => ({ title, text, gallery: {} });
  const went: QuestionTexts = {
    ...{ label: words.went, help: undefined, options, optionHelp: {}, errors: {} },
    ...{ entry: undefined, full: undefined, add: undefined },
  };
  const { needs = own.needs, duration = own.duration, post } = own.portal ?? {};
  return {
    ...own,
    ...{ needs, duration, computed: {}, states: {}, fee: undefined },
    pages: {
      portal: titled(words.leave, words.leaveText),
      open: titled(words.open, words.openText({ phone })),
      finish: titled(words.done, post),
    },
    questions: { went },
  };
}

/**
 * @param service one with a portal
 * @param phone the number under which the city helps
 * @returns the same service, done at the portal
 * @throws Error when it has none
 */
export function atPortal(service: CompiledService, phone: string): CompiledService {
  const { portal } = service;
  if (!portal) throw new Error(`${service.slug} has no portal`);
  const went = addedQuestion('went', 'chooseOne', WENT);
  return {
    ...service,
    ...{ fulfilment: 'portal', identity: 'none', retention: undefined, register: undefined },
    // The way there is asked in the office's own words.
    foreign: [],
    ...{ delivery: { channel: 'desk' }, computed: [], entitlement: undefined, decisions: [], journeys: [] },
    // What it costs is paid there; the words on the tile say how much.
    fee: { cents: 0, legalBasis: undefined, each: undefined, further: undefined, exemptions: [] },
    result: { code: undefined, document: undefined, calendar: undefined, next: [] },
    pages: [
      page('portal', 0, { kind: 'portal', portal: portal.id, questions: [went] }),
      page('open', 1, { when: (scope) => scope.went !== 'done' && scope.went !== undefined }),
      page('finish', 2, {}),
    ],
    questions: new Map([[went.id, went]]),
    texts: Object.fromEntries(
      LANGUAGES.map((language) => [language, texts(service.texts[language], language, phone)]),
    ) as Record<Language, ServiceTexts>,
  };
}
