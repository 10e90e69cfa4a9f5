import type { Catalogue } from '#catalogue';
import type { CompiledService, Language } from '#service';
import { type Html, layout, type Page, Pictogram, Tile } from '#web';
import { words } from '../words.ts';

function serviceTile(service: CompiledService, language: Language): Html {
  const texts = service.texts[language];
  return (
    <Tile
      href={`/service/${service.slug}`}
      pictogram={service.pictogram}
      title={texts.title}
      summary={texts.summary}
      cost={texts.cost}
      duration={texts.duration}
    />
  );
}

function SearchBox(props: { language: Language; query: string }): Html {
  const w = words(props.language);
  return (
    <search class="am-search">
      <form method="get" action="/search" class="am-search__form" autocomplete="off">
        <label class="am-search__label" for="q">
          {w.searchLabel}
        </label>
        <input
          class="am-search__input"
          id="q"
          name="q"
          type="search"
          value={props.query}
          placeholder={w.searchHint}
          maxlength={80}
          spellcheck="false"
        />
        <button class="am-search__button" type="submit">
          <Pictogram id="search" />
          <span>{w.searchButton}</span>
        </button>
      </form>
    </search>
  );
}

/** The first thing anybody sees: the services of this office as tiles, search, and the way to one's own case. */
export function homePage(page: Page, catalogue: Catalogue): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.homeTitle, wide: true },
    <div class="am-home">
      <hgroup class="am-home__head">
        <h1>{w.homeTitle}</h1>
        <p class="am-lead">{w.homeLead}</p>
      </hgroup>
      <SearchBox language={page.language} query="" />
      <ul class="am-tiles">
        {catalogue.services.map((service) => (
          <li>{serviceTile(service, page.language)}</li>
        ))}
      </ul>
      <p class="am-home__more">
        <a class="am-button am-button--secondary" href="/status">
          <Pictogram id="search" />
          <span>{w.statusTile}</span>
        </a>
      </p>
    </div>,
  );
}

/** What everyday words lead to. */
export function searchPage(page: Page, query: string, found: readonly CompiledService[]): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.searchTitle(query), back: '/', wide: true },
    <div class="am-home">
      <h1>{w.searchTitle(query)}</h1>
      <SearchBox language={page.language} query={query} />
      {found.length > 0 ? (
        <ul class="am-tiles">
          {found.map((service) => (
            <li>{serviceTile(service, page.language)}</li>
          ))}
        </ul>
      ) : (
        <div class="am-empty">
          <p class="am-lead">{w.searchNothing}</p>
          <p>{w.searchNothingHelp}</p>
        </div>
      )}
      <p class="am-home__more">
        <a class="am-button am-button--secondary" href="/">
          {w.allServices}
        </a>
      </p>
    </div>,
  );
}
