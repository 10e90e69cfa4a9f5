import type { Office } from '#city';
import { PDF } from '#http';
import { fillText } from '#journey';
import { isGerman, type Language, SOURCE } from '#language';
import type { ServiceTexts } from '#service';
import {
  Ending,
  type FileToTake,
  GoingCard,
  goingTo,
  Hotline,
  savePaper,
  sendPaper,
  TakeAlong,
} from '#visit';
import { Do, type Html, layout, type Page, ReadHeading, ReadOn, Say } from '#web';
import { takeAnswers } from '../answer-walk.ts';
import type { ErrandDeps } from '../deps.ts';
import { shellOf } from '../form-page.tsx';
import { type Here, pageUrl } from '../standing.ts';
import { stepWords } from '../words.ts';
import { type At, type KindOfPage, ORDINARY } from './kind.ts';

/** An ending: what was done, or what to do instead. It needs the setting of papers, for the note to take along. */
export const finish: KindOfPage = {
  ...ORDINARY,
  show(at, view) {
    const { page, texts } = shellOf(at, view);
    return finishPage({ ...page, handover: false }, at.deps, at.here, texts);
  },
  take: takeAnswers,
  below: {
    'ticket.pdf': {
      get: (at) => savePaper(at.c, () => ticket(at)),
      post: (at) => sendPaper(at.c, at.deps, () => ticket(at)),
    },
  },
};

async function ticket({ deps, here }: At): Promise<FileToTake | undefined> {
  const office = deps.city.offices.get(here.page.office ?? '');
  if (!office) return undefined;
  const { language } = here.visit;
  const content = await deps.papers.ticket({
    ...{ language, office, printedAt: here.moment.now, ...noteIn(language, deps, here, office) },
    // Whoever shows it wants to be understood.
    german: isGerman(language) ? undefined : noteIn(SOURCE, deps, here, office),
  });
  return { name: 'zettel.pdf', mediaType: PDF, content };
}

/** What the note says in one language. */
function noteIn(language: Language, deps: ErrandDeps, here: Here, office: Office) {
  const { title, text = '' } = here.service.texts[language].pages[here.page.id] ?? { title: '' };
  return {
    title,
    paragraphs: text.split(/\n\s*\n/).map((part) => fillText(part.trim(), here.walked, language)),
    ...goingTo(office, here.page.appointment ?? 'needed', language, deps.city.phone115),
  };
}

/** Where one can go now: the office with its hours, a note to take along, and the phone. */
function Help(props: { deps: ErrandDeps; here: Here; page: Page }): Html | null {
  const { deps, here, page } = props;
  const w = stepWords(page.language);
  const office = deps.city.offices.get(here.page.office ?? '');
  if (!office) return null;
  return (
    <section>
      <h2>{w.officeTitle}</h2>
      <ul class="places">
        <GoingCard office={office} appointment={here.page.appointment ?? 'needed'} page={page} />
        <Hotline number={deps.city.phone115} language={page.language} />
      </ul>
      <TakeAlong
        page={page}
        offer={{
          href: `${pageUrl(here.service, here.page)}/ticket.pdf`,
          ...{ save: w.ticket, toPhone: w.ticketPhone, pictogram: 'download' },
        }}
      />
    </section>
  );
}

function finishPage(page: Page, deps: ErrandDeps, here: Here, texts: ServiceTexts): string {
  const said = texts.pages[here.page.id];
  // Its form ends the visit; the bar's buttons must not send that along.
  const { form: _, ...own } = page;
  return layout(
    { ...own, outcome: 'finished' },
    <>
      <Say>
        <ReadHeading title={said?.title ?? texts.title} text={said?.text} />
      </Say>
      <Do>
        <ReadOn text={said?.text} />
        <Help deps={deps} here={here} page={page} />
        <p class="muted">{stepWords(page.language).nothingKept}</p>
      </Do>
      <Ending page={own} />
    </>,
  );
}
