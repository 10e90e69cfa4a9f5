import type { FreeSlot } from '#booking';
import { type FieldError, type FormFields, fillText, review } from '#journey';
import type { AddressAnswer, CompiledQuestion, ServiceTexts } from '#service';
import { countryName, ErrorSummary, Gallery, type Html, layout, type Page, Pictogram, renderQuestion, SummaryList } from '#web';
import { areaOf } from '#city';
import { type CitizenContext, pageOf } from '../context.ts';
import type { VisitDeps } from '../deps.ts';
import { fieldsOf } from '../routes/hand-in.tsx';
import { type Here, pageUrl, serviceUrl } from '../routes/journey.tsx';
import { words } from '../words.ts';

/** How many free dates are offered at once. More would be a calendar to study, not a choice. */
const DATES_SHOWN = 12;

/** How a page is shown: what stands in its fields, what was wrong, and which entry of a group is open. */
export interface View {
  fields: FormFields | undefined;
  errors: readonly FieldError[];
  entry: number | undefined;
}

/** One page of a journey as a whole HTML document. */
export async function journeyPage(c: CitizenContext, deps: VisitDeps, here: Here, view: View): Promise<string> {
  const { service, page, walked, visit } = here;
  const texts = service.texts[visit.language];
  const title = texts.pages[page.id]?.title ?? texts.title;
  const step = walked.pages.indexOf(page);
  const previous = walked.pages[step - 1];
  const shell = pageOf(c, deps, `${title} – ${texts.title}`, {
    service: service.slug,
    page: page.id,
    back: previous ? pageUrl(service, previous) : serviceUrl(service),
    progress: { step: step + 1, of: walked.pages.length },
    form: 'page-form',
    handover: true,
  });
  const body = page.kind === 'review' ? reviewBody(here, shell) : await questionsBody(deps, here, shell, view);
  return layout(shell, body);
}

async function questionsBody(deps: VisitDeps, here: Here, shell: Page, view: View): Promise<Html> {
  const { service, page, walked, visit } = here;
  const texts = service.texts[visit.language];
  const pageTexts = texts.pages[page.id];
  const w = words(visit.language);
  const fields = view.fields ?? fieldsOf(page, walked.answers);
  const slots = await slotsFor(deps, here);
  const upload = page.questions.some((question) => question.kind === 'file');
  const noDate = slots?.length === 0;
  return (
    <form
      method="post"
      action={pageUrl(service, page)}
      id="page-form"
      class="am-page"
      novalidate
      enctype={upload ? 'multipart/form-data' : undefined}
      autocomplete={shell.mode === 'terminal' ? 'off' : 'on'}
    >
      <input type="hidden" name="_csrf" value={shell.csrf ?? ''} />
      <ErrorSummary errors={view.errors} texts={texts} language={visit.language} />
      <header class="am-page__head">
        {page.pictogram && <Pictogram id={page.pictogram} />}
        <h1 id="page-title">{fill(pageTexts?.title ?? texts.title, here)}</h1>
        {pageTexts?.text && <p class="am-lead">{fill(pageTexts.text, here)}</p>}
      </header>
      {page.gallery.length > 0 && <Gallery items={page.gallery} texts={pageTexts?.gallery ?? {}} language={visit.language} />}
      {page.questions.map((question) =>
        renderQuestion(question, filledTexts(texts, here), {
          fields,
          errors: view.errors,
          language: visit.language,
          prefix: '',
          today: here.moment.today,
          mode: shell.mode,
          answers: walked.answers,
          ...(view.entry !== undefined && { entry: view.entry }),
          ...(slots && { slots }),
          titled: page.questions.length === 1,
        }),
      )}
      {noDate ? (
        <div class="am-empty">
          <p class="am-lead">{w.noSlots}</p>
          <p>{w.noSlotsText}</p>
        </div>
      ) : (
        <p class="am-actions">
          <button type="submit" class="am-button am-button--primary am-button--large" name="_action" value="next">
            {w.continue}
          </button>
        </p>
      )}
    </form>
  );
}

function fill(text: string, here: Here): string {
  return fillText(text, here.walked, here.visit.language);
}

/** Limits' messages may name answers and computed values. */
function filledTexts(texts: ServiceTexts, _here: Here): ServiceTexts {
  return texts;
}

async function slotsFor(deps: VisitDeps, here: Here): Promise<readonly FreeSlot[] | undefined> {
  const question: CompiledQuestion | undefined = here.page.questions.find((one) => one.kind === 'slot');
  if (!question?.calendar || !question.areaFrom) return undefined;
  const address = here.walked.answers[question.areaFrom] as unknown as AddressAnswer | undefined;
  const area = address && areaOf(deps.city, question.calendar, address.postcode);
  if (!area) return [];
  return deps.booking.free(question.calendar, area, DATES_SHOWN);
}

function reviewBody(here: Here, shell: Page): Html {
  const { service, page, walked, visit, draft } = here;
  const w = words(visit.language);
  const texts = service.texts[visit.language];
  const sections = review(service, walked, visit.language, { country: (code) => countryName(code, visit.language) });
  const { pages } = walked;
  return (
    <form method="post" action={pageUrl(service, page)} id="page-form" class="am-page">
      <input type="hidden" name="_csrf" value={shell.csrf ?? ''} />
      <input type="hidden" name="_draft" value={draft.key} />
      <header class="am-page__head">
        <h1 id="page-title">{texts.pages[page.id]?.title}</h1>
        <p class="am-lead">{texts.pages[page.id]?.text ?? w.reviewText}</p>
      </header>
      {sections.map((section) => {
        const target = pages.find((one) => one.id === section.page);
        return (
          <SummaryList
            title={fill(section.title, here)}
            lines={section.lines}
            {...(target && { change: { href: pageUrl(service, target), text: w.change, label: w.changeLong } })}
          />
        );
      })}
      <p class="am-facts__line">
        <Pictogram id="euro" /> {w.costTitle}: {texts.cost}
      </p>
      <p class="am-actions">
        <button type="submit" class="am-button am-button--primary am-button--large">
          {w.handIn}
        </button>
      </p>
    </form>
  );
}
