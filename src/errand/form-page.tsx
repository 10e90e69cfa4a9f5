/** A page of a journey as a form: what it says and asks, with what a kind of page puts beside that. */
import { fillText, toldByLetter, toldInPart } from '#journey';
import { type Asks, kindOf } from '#kinds';
import type { CompiledPage, ServiceTexts } from '#service';
import { pageOf, Renewed } from '#visit';
import {
  type Child,
  type Html,
  JourneyPage,
  layout,
  type Onward,
  type Page,
  type PageKind,
  type QuestionView,
  type SlotChoice,
} from '#web';
import { BACK } from './go-back.ts';
import { filesOf } from './kept-files.ts';
import type { At, View } from './kinds/kind.ts';
import { sectionsOf } from './sections.ts';
import { entryOf } from './shown-again.ts';
import { PicturesShown } from './shown-pictures.tsx';
import { backFrom, fieldsOf, type Here, listsMark, pageUrl } from './standing.ts';

/** A page of a journey that is to be shown: what all of them have around them, and what this one says. */
export interface Shell {
  page: Page;
  texts: ServiceTexts;
}

/** @returns what is around a page, and its texts with what was said so far in them */
export function shellOf({ c, deps, here }: At, view: Pick<View, 'errors'>): Shell {
  const { service, page, visit } = here;
  const texts = filled(service.texts[visit.language], here);
  const shell = pageOf(c, deps, texts.pages[page.id]?.title ?? texts.title, {
    ...machineIn(here),
    service: service.slug,
    about: texts.title,
    page: page.id,
    kind: kindOfPage(page),
    back: backFrom(here),
    // What was typed goes along, and waits.
    ...(page.questions.some((question) => kindOf(question).asked) && { backAction: BACK }),
    ...(page.kind !== 'finish' && sectionsOf(service, page.id, visit.language, here.walked)),
    form: 'page-form',
    handover: true,
    wrong: view.errors.length > 0,
  });
  return { page: shell, texts };
}

/** Kinds of pages that look like themselves, whatever they ask. */
const FRAMES: Readonly<Partial<Record<CompiledPage['kind'], PageKind>>> = {
  slot: 'date',
  upload: 'upload',
  identify: 'identify',
  device: 'device',
  review: 'review',
  finish: 'result',
};

const ASKED_ALONE: Readonly<Partial<Record<Asks['as'], PageKind>>> = {
  ...{ yesNo: 'choice', options: 'choice', counted: 'count', slot: 'date' },
  ...{ line: 'text', lines: 'text', country: 'text', address: 'text', file: 'upload' },
};

/** @returns what kind of page it looks like: by its one question, where it has one */
function kindOfPage(page: CompiledPage): PageKind {
  if (page.kind !== 'questions') return FRAMES[page.kind] ?? 'information';
  const [only, ...others] = page.questions.filter((question) => kindOf(question).asked);
  if (!only || others.length > 0) return 'form';
  return ASKED_ALONE[kindOf(only).asks(only).as] ?? 'form';
}

/** Kinds of pages that say nothing but what stands in the service's texts. */
const OWN_WORDS: readonly string[] = ['questions', 'information'];

/** @returns whether the page shows a machine's words; nothing where only those of the office can tell */
function machineIn({ service, page, visit: { language } }: Here): Pick<Page, 'machine'> {
  if (service.foreign?.includes(language) && OWN_WORDS.includes(page.kind)) return { machine: false };
  return service.unapproved?.includes(language) ? { machine: true } : {};
}

/** What a kind puts beside its questions, and which of them are not asked (any more). */
export interface Beside {
  before: Child;
  unasked: ReadonlySet<string>;
  /** The next button; none where the kind's own buttons lead on, and second where one of them comes first. */
  onward: Onward;
  /** Buttons that lead on, beside the next one or instead of it. */
  ways?: Child;
  /** The page's own text has said what it had to. */
  brief: boolean;
  /** The page's picture is large: it asks nothing that can be seen at a glance. */
  pictured: boolean;
  /** Free dates, where one is chosen. */
  slots: readonly SlotChoice[] | undefined;
  /** Documents come by a phone; where pictures of those are shown. */
  pictures: QuestionView['pictures'];
}

/** Nothing beside the questions. */
export const NOTHING_BESIDE: Beside = {
  ...{ before: undefined, unasked: new Set<string>(), onward: 'primary' },
  ...{ brief: false, pictured: false, slots: undefined, pictures: undefined },
};

/** @returns the page with its form as a whole document */
export function formPage(
  at: At,
  { page: shell, texts }: Shell,
  view: View,
  beside: Beside = NOTHING_BESIDE,
): string {
  const { deps, here } = at;
  const { service, page, walked, visit } = here;
  const { before, unasked, onward, brief, pictured, slots, pictures, ways } = beside;
  const form = (
    <JourneyPage
      page={page}
      texts={texts}
      news={<News here={here} />}
      before={
        <>
          <ListsShown here={here} />
          <PicturesShown at={at} />
          {before}
        </>
      }
      ways={ways}
      unasked={unasked}
      onward={onward}
      brief={brief}
      pictured={pictured}
      action={pageUrl(service, page)}
      shell={shell}
      view={{
        fields: view.fields ?? {
          ...toldByLetter(page, service, here.draft),
          ...toldInPart(page, here.draft),
          ...fieldsOf(page, walked.answers),
        },
        kept: filesOf(page, here.draft.answers),
        errors: view.errors,
        language: visit.language,
        today: here.moment.today,
        mode: shell.mode,
        streetsUrl: '/city/streets.json',
        cityName: deps.city.name,
        slots,
        pictures,
        open: view.entry,
        removed: entryOf(at.c, 'removed'),
      }}
    />
  );
  return layout(shell, form);
}

/** Its service has become another, until its person has gone on. */
export function News(props: { here: Here }): Html | null {
  const { draft, visit } = props.here;
  return draft.renewed ? <Renewed language={visit.language} /> : null;
}

/** Which entries the page shows: "remove the first one" means the first one of these. */
function ListsShown({ here }: { here: Here }): Html | null {
  const mark = listsMark(here);
  return mark === undefined ? null : <input type="hidden" name="_lists" value={mark} />;
}

/** Titles, texts and labels may name what was said so far. */
function filled(texts: ServiceTexts, here: Here): ServiceTexts {
  const own = texts.pages[here.page.id];
  if (!own) return texts;
  const fill = (text: string): string => fillText(text, here.walked, here.visit.language);
  const questions = here.page.questions.flatMap(({ id }) => {
    const asked = texts.questions[id];
    if (!asked) return [];
    const { label, help } = asked;
    return [
      [id, { ...asked, label: fill(label), help: help === undefined ? undefined : fill(help) }] as const,
    ];
  });
  return {
    ...texts,
    questions: { ...texts.questions, ...Object.fromEntries(questions) },
    pages: {
      ...texts.pages,
      [here.page.id]: {
        ...own,
        title: fill(own.title),
        text: own.text === undefined ? undefined : fill(own.text),
      },
    },
  };
}
