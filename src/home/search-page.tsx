import type { Hit } from '#catalogue';
import type { CompiledService } from '#service';
import { Do, Go, type Html, layout, type Page, Say } from '#web';
import { ServiceSearch, ServiceTiles } from './tiles.tsx';
import { words } from './words.ts';

/** What stands in place of the tiles while somebody types, and is the whole of the search page; scripts look for it. */
const FOUND = 'found';

/** What was found, in one sentence: the hits, what comes nearest, or that there is nothing of it here. */
function saidOf(page: Page, query: string, found: readonly Hit[]): string {
  const w = words(page.language);
  if (found.length === 0) return w.searchNothing({ query });
  return found.some(({ fits }) => fits) ? w.searchTitle({ query }) : w.searchNearest({ query });
}

/** Who helps where the right thing is not here. */
function Unsure(props: { page: Page; nothing: boolean }): Html {
  const { page, nothing } = props;
  const w = words(page.language);
  return <p class="lead">{nothing ? w.searchNothingHelp(page) : w.searchUnsureHelp(page)}</p>;
}

/**
 * What everyday words lead to; where nothing is called so, that is said in the heading, and all that there is stays in view.
 * @param all the services that stand on the first page
 */
export function searchPage(
  page: Page,
  query: string,
  found: readonly Hit[],
  all: readonly CompiledService[],
  examples: readonly string[],
): string {
  const said = saidOf(page, query, found);
  const isNothing = found.length === 0;
  const isSure = found.some(({ fits }) => fits);
  return layout(
    { ...page, title: said, kind: 'search', back: '/' },
    <>
      <Say>
        <h1>{said}</h1>
        {!isSure && <Unsure page={page} nothing={isNothing} />}
      </Say>
      <Do>
        <ServiceSearch examples={examples} value={query} instead={FOUND} language={page.language} />
        <section class="offer" id={FOUND} data-said={said} data-none={isNothing ? 'none' : undefined}>
          <ServiceTiles
            services={isNothing ? all : found.map(({ service }) => service)}
            language={page.language}
          />
        </section>
      </Do>
      <Go page={{ ...page, back: '/' }} />
    </>,
  );
}
