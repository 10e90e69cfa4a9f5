import type { Catalogue } from '#catalogue';
import type { City } from '#city';
import type { Language } from '#language';
import type { CompiledService } from '#service';
import { BeginAgain, type Over, VisitOver, WELCOME_URL } from '#visit';
import { Do, type Html, Languages, LinkButton, layout, type Page, Say, Waits } from '#web';
import { type Begun, DraftCard } from './draft-card.tsx';
import { ServiceSearch, ServiceTiles } from './tiles.tsx';
import { words } from './words.ts';

/** Seconds without a touch until a terminal greets the next person. */
const GREETS_SECONDS = 60;

/** @returns the services as the city wants to see them; what it does not name comes after, in the catalogue's order */
export function ordered(
  { services }: Pick<Catalogue, 'services'>,
  { tiles }: Pick<City, 'tiles'>,
): readonly CompiledService[] {
  const placeOf = ({ slug }: CompiledService): number =>
    tiles.includes(slug) ? tiles.indexOf(slug) : tiles.length;
  return services.toSorted((one, other) => placeOf(one) - placeOf(other));
}

/** The search's form: what stands in it goes along when the language changes. */
const SEARCH = 'search-form';

/** What gives way to the hits while somebody types. */
const OFFER = 'offer';

/** The ways on beside the tiles: one's own case, and all that there is. */
function OtherWays(props: { language: Language }): Html {
  const w = words(props.language);
  return (
    <div class="home-ways">
      <LinkButton href="/status" kind="secondary" pictogram="clock">
        {w.statusTile}
      </LinkButton>
      <LinkButton href="/services" kind="secondary" pictogram="list">
        {w.allServices}
      </LinkButton>
    </div>
  );
}

/**
 * The first thing anybody sees: the services of this office as tiles, search, and the way to one's own case.
 * @param services those that stand here as tiles
 * @param begun what was begun in a visit that is over
 * @param examples words that find something
 * @param typed what stood in the search when somebody chose another language
 * @param draft what is begun in this visit: going on with it stands in the place of the search
 */
export function homePage(
  page: Page,
  services: readonly CompiledService[],
  begun: CompiledService | undefined,
  over: Over | undefined,
  examples: readonly string[],
  typed: string | undefined,
  draft: Begun | undefined,
): string {
  const w = words(page.language);
  // Before the first touch that counts there is nothing to end.
  const quiet = page.csrf === undefined;
  const frame = {
    ...page,
    title: w.homeTitle,
    kind: 'home' as const,
    ...(!draft && { form: SEARCH }),
    quiet,
  };
  return layout(
    frame,
    <>
      <Say>
        <p class="greeting">{w.greeting}</p>
        <h1>{w.homeTitle}</h1>
      </Say>
      <Do>
        {over && <VisitOver over={over} language={page.language} begun={begun?.texts[page.language].title} />}
        {begun && begun.pages.length > 0 && <BeginAgain service={begun} page={page} />}
        {/* The first of a form's buttons is what Enter presses, and the languages are buttons of this form. */}
        {!draft && <button type="submit" form={SEARCH} hidden />}
        <Languages page={frame} />
        {draft ? (
          <DraftCard begun={draft} page={page} />
        ) : (
          <ServiceSearch
            form={SEARCH}
            examples={examples}
            value={typed}
            instead={OFFER}
            language={page.language}
          />
        )}
        <div class="offer" id={OFFER}>
          <ServiceTiles services={services} language={page.language} />
        </div>
        <OtherWays language={page.language} />
        {page.mode === 'terminal' && page.visit === undefined && (
          <Waits seconds={GREETS_SECONDS} leads={WELCOME_URL} />
        )}
      </Do>
    </>,
  );
}
