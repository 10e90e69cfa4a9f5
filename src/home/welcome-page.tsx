import { about, LANGUAGES } from '#language';
import type { CompiledService } from '#service';
import { WELCOME_URL } from '#visit';
import { Do, type Html, layout, type Page, Pictogram, Say, softHyphens, Waits } from '#web';
import { words } from './words.ts';

/** Seconds until the page is loaded anew: whether the place is still open is known by the office. */
const ANEW_SECONDS = 300;

/** One language in its own words: a touch on it opens the first page in it. */
function LanguageCards(): Html {
  return (
    <form class="welcome-languages" method="post" action="/visit/settings">
      <input type="hidden" name="return" value="/" />
      {LANGUAGES.map((language) => {
        const { name, lang, direction } = about(language);
        return (
          <button
            type="submit"
            class="welcome-language"
            name="language"
            value={language}
            lang={lang}
            dir={direction}
          >
            <strong>{words(language).greetingShort}</strong> <span>{name}</span>
          </button>
        );
      })}
    </form>
  );
}

/**
 * A terminal that waits: a greeting that is read from afar, what can be done here, and the languages. Wherever else somebody
 * touches it, it opens in German.
 */
export function welcomePage(page: Page, services: readonly CompiledService[]): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.greeting, kind: 'idle', quiet: true },
    <>
      <Say>
        <h1>{w.greeting}</h1>
        <p class="lead">{w.welcomeLead}</p>
        <ul class="welcome-offer">
          {services.map((service) => (
            <li>
              <Pictogram id={service.pictogram} />
              <span>{softHyphens(service.texts[page.language].title)}</span>
            </li>
          ))}
        </ul>
      </Say>
      <Do>
        <p class="welcome-touch">
          <Pictogram id="touch" />
          {w.welcomeTouch}
        </p>
        <LanguageCards />
        <a class="welcome-anywhere" href="/">
          <span class="kern-sr-only">{w.homeTitle}</span>
        </a>
        <Waits seconds={ANEW_SECONDS} leads={WELCOME_URL} />
      </Do>
    </>,
  );
}
