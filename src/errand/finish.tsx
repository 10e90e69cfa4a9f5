import type { ServiceTexts } from '#service';
import { Ending, GoingCard, Hotline } from '#visit';
import { type Html, LinkButton, layout, type Page, Paragraphs, Pictogram } from '#web';
import type { ErrandDeps } from './deps.ts';
import { type Here, pageUrl } from './standing.ts';
import { stepWords } from './words.ts';

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
        <GoingCard office={office} appointment={here.page.appointment ?? 'needed'} language={page.language} />
        <Hotline number={deps.city.phone115} language={page.language} />
      </ul>
      <LinkButton
        href={`${pageUrl(here.service, here.page)}/ticket.pdf`}
        kind="secondary"
        pictogram="printer"
        download
      >
        {w.ticket}
      </LinkButton>
    </section>
  );
}

/** The end of a way on which nothing is handed in: what was done, or what to do instead. */
export function finishPage(page: Page, deps: ErrandDeps, here: Here, texts: ServiceTexts): string {
  const said = texts.pages[here.page.id];
  // Its form ends the visit; the bar's buttons must not send that along.
  const { form: _, ...own } = page;
  const pictogram = here.page.pictogram ?? (here.page.office === undefined ? 'success' : 'office');
  return layout(
    { ...own, outcome: 'finished' },
    <article class="stack result">
      <div class={pictogram === 'success' ? 'title title-done' : 'title'}>
        <span class="title-picture">
          <Pictogram id={pictogram} />
        </span>
        <h1>{said?.title}</h1>
      </div>
      <Paragraphs text={said?.text} lead />
      <Help deps={deps} here={here} page={page} />
      <p class="muted">{stepWords(page.language).nothingKept}</p>
      <Ending page={own} />
    </article>,
  );
}
