import type { FreeSlot } from '#booking';
import { type FieldError, type FormFields, fillText, review, toldByLetter, toldInPart } from '#journey';
import { euros } from '#language';
import type { ServiceTexts } from '#service';
import { type CitizenContext, mayLeadTo, NoDates, pageOf, Renewed, shownMarks } from '#visit';
import {
  Actions,
  Button,
  countryName,
  type Html,
  JourneyForm,
  JourneyPage,
  layout,
  type Page,
  SummaryList,
} from '#web';
import { Cost } from './cost.tsx';
import type { ErrandDeps } from './deps.ts';
import { finishPage } from './finish.tsx';
import { byCard, prefilled } from './identify.tsx';
import { filesOf } from './kept-files.ts';
import { tourOf } from './resolve.ts';
import { fieldsOf, type Here, listsMark, pageUrl, serviceUrl } from './standing.ts';
import { stepOf } from './steps-page.tsx';
import { stepWords, words } from './words.ts';

/** How many free dates are offered at once. More would be a calendar to study, not a choice. */
const DATES_SHOWN = 12;

/** How a page is shown: what stands in its fields, what was wrong, and which entry of a group is open. */
export interface View {
  fields: FormFields | undefined;
  errors: readonly FieldError[];
  entry: number | undefined;
}

/** One page of a journey as a whole HTML document. */
export async function journeyPage(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Here,
  view: View,
): Promise<string> {
  const { service, page, walked, visit } = here;
  const texts = filled(service.texts[visit.language], here);
  const step = walked.pages.indexOf(page);
  const previous = walked.pages[step - 1];
  const shell = pageOf(c, deps, texts.pages[page.id]?.title ?? texts.title, {
    service: service.slug,
    page: page.id,
    back: previous ? pageUrl(service, previous) : serviceUrl(service),
    progress: { step: step + 1, of: walked.pages.length },
    form: 'page-form',
    handover: true,
    wrong: view.errors.length > 0,
  });
  if (page.kind === 'finish') return finishPage({ ...shell, handover: false }, deps, here, texts);
  if (page.kind === 'identify') mayLeadTo(c, ...deps.identity.map(({ origin }) => origin));
  const device = page.device && deps.deviceAt(page.device.id, c.get('terminal'));
  if (device) mayLeadTo(c, device);
  const slots = await slotsFor(deps, here);
  if (slots?.length === 0) return noDatesPage(shell);
  const body =
    page.kind === 'review'
      ? reviewBody(here, texts, shell)
      : pageBody(deps, here, texts, shell, { ...view, slots, hasDevice: device !== undefined });
  return layout(
    shell,
    <>
      {here.draft.renewed && <Renewed language={visit.language} />}
      {body}
    </>,
  );
}

/** No date is left to choose: a page without a form, so the bar has one of its own. */
function noDatesPage({ form: _, ...shell }: Page): string {
  return layout(shell, <NoDates language={shell.language} />);
}

function pageBody(
  deps: ErrandDeps,
  here: Here,
  texts: ServiceTexts,
  shell: Page,
  view: View & { slots: readonly FreeSlot[] | undefined; hasDevice: boolean },
): Html {
  const { service, page, walked, visit } = here;
  const step = stepOf(deps, here, texts, view);
  return (
    <JourneyPage
      page={page}
      texts={marked(texts, here)}
      before={
        <>
          <ListsShown here={here} />
          {step.before}
        </>
      }
      settled={step.settled}
      onward={step.onward}
      brief={step.brief}
      action={pageUrl(service, page)}
      shell={shell}
      view={{
        fields: view.fields ?? {
          ...toldByLetter(page, service, here.draft),
          ...toldInPart(page, here.draft),
          ...fieldsOf(page, walked.answers),
        },
        // What is wrong with the step itself, it says itself.
        kept: filesOf(page, here.draft.answers),
        errors: view.errors.filter(({ field }) => field !== page.id || page.kind !== 'identify'),
        language: visit.language,
        today: here.moment.today,
        mode: shell.mode,
        streetsUrl: '/city/streets.json',
        cityName: deps.city.name,
        slots: view.slots,
        open: view.entry,
      }}
    />
  );
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

/** Fields that the ID has filled in, and that people may change, say so. */
function marked(texts: ServiceTexts, here: Here): ServiceTexts {
  const { fromIdOpen: onCard, fromAccountOpen } = stepWords(here.visit.language);
  const fromIdOpen = byCard(here.draft.identity) ? onCard : fromAccountOpen;
  const questions = [...prefilled(here)].flatMap((id) => {
    const own = texts.questions[id];
    return own ? [[id, { ...own, help: own.help ? `${fromIdOpen} ${own.help}` : fromIdOpen }] as const] : [];
  });
  return { ...texts, questions: { ...texts.questions, ...Object.fromEntries(questions) } };
}

async function slotsFor(deps: ErrandDeps, here: Here): Promise<readonly FreeSlot[] | undefined> {
  const question = here.page.questions.find((one) => one.kind === 'slot');
  if (!question) return undefined;
  const tour = tourOf(deps.city, question, here.walked.answers);
  return tour ? deps.booking.free(tour.calendar, tour.area, DATES_SHOWN) : [];
}

function reviewBody(here: Here, texts: ServiceTexts, shell: Page): Html {
  const { service, page, walked, visit } = here;
  const w = words(visit.language);
  const sections = review(service, walked, visit.language, {
    country: (code) => countryName(code, visit.language),
  });
  const urlOf = (id: string): string => `${serviceUrl(service)}/${id}`;
  return (
    <JourneyForm action={pageUrl(service, page)} page={shell}>
      {Object.entries(shownMarks(here)).map(([name, mark]) => (
        <input type="hidden" name={name} value={mark} />
      ))}
      <h1>{texts.pages[page.id]?.title}</h1>
      <p class="lead">{texts.pages[page.id]?.text ?? w.reviewText}</p>
      {walked.fee.cents > 0 && <p>{stepWords(visit.language).payFirst}</p>}
      <SummaryList sections={sections} change={{ word: w.change, href: urlOf }} empty="–" />
      <Cost service={service} fee={walked.fee} language={visit.language} />
      <Actions>
        <Button pictogram={walked.fee.cents > 0 ? 'forward' : 'check'}>{lastWord(here)}</Button>
      </Actions>
    </JourneyForm>
  );
}

/** What the button of the review page does. */
function lastWord({ service, walked, visit }: Here): string {
  if (service.fulfilment === 'register') return stepWords(visit.language).ask;
  const { cents } = walked.fee;
  return cents > 0
    ? stepWords(visit.language).goPay({ sum: euros(cents, visit.language) })
    : words(visit.language).handIn;
}
