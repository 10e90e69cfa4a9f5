import type { Catalogue, Hit } from '#catalogue';
import type { City } from '#city';
import { inARow, type Language } from '#language';
import type { CompiledService } from '#service';
import { BeginAgain, type Over, VisitOver } from '#visit';
import {
  Actions,
  Alert,
  EmptyState,
  type Html,
  Languages,
  LinkButton,
  layout,
  type Page,
  SearchField,
  Tile,
  Tiles,
} from '#web';
import { words } from './words.ts';

function ServiceTiles(props: { services: readonly CompiledService[]; language: Language }): Html {
  return (
    <Tiles>
      {props.services.map((service) => {
        const { title, summary, cost, duration } = service.texts[props.language];
        const isGerman = service.foreign?.includes(props.language);
        return (
          <Tile
            href={`/service/${service.slug}`}
            pictogram={service.pictogram}
            title={title}
            summary={summary}
            cost={cost}
            duration={duration}
            note={isGerman ? words(props.language).inGerman : undefined}
          />
        );
      })}
    </Tiles>
  );
}

/** @returns the services as the city wants to see them; what it does not name comes after, in the catalogue's order */
function ordered({ services }: Catalogue, { tiles }: Pick<City, 'tiles'>): readonly CompiledService[] {
  const placeOf = ({ slug }: CompiledService): number =>
    tiles.includes(slug) ? tiles.indexOf(slug) : tiles.length;
  return services.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The search's form: what stands in it goes along when the language changes. */
const SEARCH = 'search-form';

/**
 * The first thing anybody sees: the services of this office as tiles, search, and the way to one's own case.
 * @param examples words that find something
 * @param typed what stood in the search when somebody chose another language
 */
export function homePage(
  page: Page,
  catalogue: Catalogue,
  city: Pick<City, 'tiles'>,
  over: Over | undefined,
  examples: readonly string[],
  typed: string | undefined,
): string {
  const w = words(page.language);
  const frame = { ...page, title: w.homeTitle, wide: true, form: SEARCH };
  const begun = catalogue.get(over?.begun ?? '');
  return layout(
    frame,
    <>
      {over && <VisitOver over={over} language={page.language} begun={begun?.texts[page.language].title} />}
      {begun && begun.pages.length > 0 && <BeginAgain service={begun} page={page} />}
      <h1>{w.homeTitle}</h1>
      <p class="lead">{w.homeLead}</p>
      {/* The first of a form's buttons is what Enter presses, and the languages are buttons of this form. */}
      <button type="submit" form={SEARCH} hidden />
      <Languages page={frame} />
      <SearchField
        form={SEARCH}
        action="/search"
        name="q"
        label={searchHint(examples, page.language)}
        button={w.searchButton}
        value={typed}
      />
      <ServiceTiles services={ordered(catalogue, city)} language={page.language} />
      <Actions>
        <LinkButton href="/status" kind="secondary" pictogram="search">
          {w.statusTile}
        </LinkButton>
      </Actions>
    </>,
  );
}

const searchHint = (examples: readonly string[], language: Language): string => {
  const w = words(language);
  return examples.length > 0 ? w.searchHint({ examples: inARow(examples, language) }) : w.searchHintAlone;
};

/** What everyday words lead to; where nothing is called so, that is said, and what is nearest. */
export function searchPage(
  page: Page,
  query: string,
  found: readonly Hit[],
  examples: readonly string[],
): string {
  const w = words(page.language);
  const fits = found.some((hit) => hit.fits);
  return layout(
    { ...page, title: w.searchButton, back: '/', wide: true },
    <>
      <h1>{fits || found.length === 0 ? w.searchTitle({ query }) : w.searchNearest({ query })}</h1>
      <SearchField
        action="/search"
        name="q"
        label={searchHint(examples, page.language)}
        button={w.searchButton}
        value={query}
      />
      {found.length > 0 && !fits && <Alert title={w.searchUnsure}>{w.searchUnsureHelp(page)}</Alert>}
      {found.length > 0 ? (
        <ServiceTiles services={found.map(({ service }) => service)} language={page.language} />
      ) : (
        <EmptyState pictogram="search" title={w.searchNothing} heading="h2">
          <p>{w.searchNothingHelp(page)}</p>
        </EmptyState>
      )}
      <Actions>
        <LinkButton href="/" kind="secondary">
          {w.allServices}
        </LinkButton>
      </Actions>
    </>,
  );
}
