import { about, germanIn, isUnapproved, type Language, SOURCE } from '#language';
import { assets } from './assets.ts';
import { Bar } from './bar.tsx';
import { Path } from './components/index.ts';
import { IdleWatch } from './idle-watch.tsx';
import type { Child, Html } from './jsx/jsx-runtime.ts';
import type { Page } from './page.ts';
import { Back } from './parts.tsx';
import { remembered } from './remembered.ts';
import { deskWords, layoutWords } from './said.ts';

/** The office's sign: an open door. */
function Mark(): Html {
  return (
    <svg class="mark" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <rect class="mark-ground" width={48} height={48} rx={12} />
      <path class="mark-line" d="M11 38h26M15 38V20a9 9 0 0 1 18 0v18M24 38V21l9-5" />
    </svg>
  );
}

/** What browsers load with every page of one style sheet. */
const Loaded = remembered(
  ({ css }) => `${assets().js} ${css}`,
  ({ css }: { css: string }) => {
    const { js, icon, fonts } = assets();
    return (
      <>
        {fonts.map((font) => (
          <link rel="preload" href={font} as="font" type="font/woff2" crossorigin="anonymous" />
        ))}
        <link rel="stylesheet" href={css} />
        <link rel="icon" href={icon} type="image/svg+xml" />
        <script src={js} type="module" />
      </>
    );
  },
);

function Loading(props: { title: string; css: string; refresh?: Page['refresh'] | undefined }): Html {
  return (
    <head>
      <meta charset="utf-8" />
      <title>{props.title}</title>
      <meta
        name="viewport"
        content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
      />
      <meta name="format-detection" content="telephone=no" />
      <meta name="robots" content="noindex" />
      {props.refresh && (
        <noscript>
          <meta http-equiv="refresh" content={`${props.refresh.seconds}; url=${props.refresh.to}`} />
        </noscript>
      )}
      <Loaded css={props.css} />
    </head>
  );
}

/** The place of the keyboard on the screen; it appears with script when a field has the focus. */
function Keyboard(props: { words: ReturnType<typeof layoutWords> }): Html {
  const { words } = props;
  return (
    <am-keyboard
      hidden
      role="group"
      aria-label={words.keyboard}
      data-shift={words.keyShift}
      data-delete={words.keyDelete}
      data-space={words.keySpace}
      data-next={words.keyNext}
      data-close={words.keyClose}
      data-signs="#+="
      data-letters="ABC"
      data-latin="ABC"
      data-more="…"
      data-marks="é à ç …"
      data-hint={words.keyHint}
    />
  );
}

/** Title of the browser window, like no other: page, section, service, city. */
function titleOf(page: Page): string {
  const { title, sections, about: service, city } = page;
  const parts = [title, sections?.names[sections.at], service === title ? undefined : service, city];
  const full = parts.filter((part) => part !== undefined).join(' – ');
  return page.wrong ? layoutWords(page.language).errorTitle({ title: full }) : full;
}

/** Where somebody is: the office, and at the other end the service or the place. On a phone, the step back stands first. */
function Head(props: { page: Page }): Html {
  const { page } = props;
  const words = layoutWords(page.language);
  const sign = (
    <>
      <Mark />
      <span class="brand-words">
        <span class="brand-city">{page.city}</span> <span class="brand-office">{words.office}</span>{' '}
      </span>
    </>
  );
  return (
    <header class="head">
      {page.mode === 'terminal' ? undefined : <Back page={page} />}
      {page.mode === 'terminal' ? (
        // Nothing up there is within everybody's reach.
        <p class="brand">{sign}</p>
      ) : (
        <a class="brand" href={`${page.base ?? ''}/`}>
          {sign}
          <span class="kern-sr-only">{words.home}</span>
        </a>
      )}
      {page.about === undefined && page.place === undefined ? undefined : (
        <p class="head-about">{page.about ?? germanIn(page.language, page.place ?? '')}</p>
      )}
    </header>
  );
}

/** Pages in the middle of something, which people want to come back to. */
const RETURNING = /^\/(?:service\/[\w-]+(?:\/[\w-]+)?|status\/case)$/;

/**
 * Who runs this and what becomes of one's data; not where leaving would lose a step. On a phone at the foot of every page of the
 * office itself; at a terminal in the help, where it is in nobody's way.
 */
export function Legal(props: { page: Page }): Html | null {
  const { language, path, base, once, page } = props.page;
  if (base !== undefined || once) return null;
  const words = layoutWords(language);
  // What somebody typed as an address is not said again.
  const known = page !== undefined && page !== 'notice' && RETURNING.test(path);
  const back = known ? `?${new URLSearchParams({ return: path })}` : '';
  return (
    <nav class="legal" aria-label={words.legal}>
      <a href={`/impressum${back}`}>{words.imprint}</a> <a href={`/datenschutz${back}`}>{words.privacy}</a>{' '}
      <a href={`/barrierefreiheit${back}`}>{words.accessibility}</a>{' '}
    </nav>
  );
}

/** The pill that says that there is more below, over what scrolls alone; it is there while there is. */
export function More({ language }: { language: Language }): Html {
  return (
    <am-more class="more">
      <button type="button" tabindex={-1}>
        {layoutWords(language).more} <span class="more-arrow">↓</span>
      </button>
    </am-more>
  );
}

/**
 * A whole page for citizens: header with the city, the page itself, the bar.
 * @param body what stands in `main`, made of `Say`, `Do` and `Go`; holds exactly one `h1`
 * @returns the HTML document
 */
export function layout(page: Page, body: Child): string {
  const words = layoutWords(page.language);
  const { settings } = page;
  const document = (
    <html
      lang={about(page.language).lang}
      dir={about(page.language).direction === 'rtl' ? 'rtl' : undefined}
      class={about(page.language).register}
      data-mode={page.mode}
      data-size={settings.size}
      data-contrast={settings.contrast ? 'high' : undefined}
      data-reach={settings.reach && page.mode === 'terminal' ? 'low' : undefined}
    >
      <Loading title={titleOf(page)} css={assets().css(page.accent)} refresh={page.refresh} />
      <body>
        <a class="skip" href="#main">
          {words.skip}
        </a>{' '}
        <Head page={page} />
        <main
          id="main"
          tabindex={-1}
          data-kind={page.kind}
          data-service={page.service}
          data-page={page.page}
          data-outcome={page.outcome}
        >
          {page.sections && <Path {...page.sections} label={words.way} />}
          {(page.machine ?? isUnapproved(page.language)) ? <p class="machine">{words.machine}</p> : undefined}
          {body}
          <More language={page.language} />
        </main>
        {page.mode === 'phone' && <Legal page={page} />}
        <footer class="dock">
          {page.mode === 'terminal' ? <Keyboard words={words} /> : undefined}
          {page.once ? undefined : <Bar page={page} />}
        </footer>
        <IdleWatch page={page} />
      </body>
    </html>
  );
  return `<!doctype html>${document.text}`;
}

/** What the frame around a clerk's page needs to know. */
export interface DeskPage {
  title: string;
  city: string;
  /** `#rrggbb` */
  accent: string;
  /** Who is signed in; undefined on the pages before. */
  user: { name: string; role: string } | undefined;
  nav: readonly { href: string; label: string; count?: number | undefined; current?: boolean | undefined }[];
  csrf: string;
  /** Where the sign-out form posts to. */
  signOut: string;
}

/**
 * A whole page for clerks: dense, quiet, for the keyboard. German only.
 * @param body what stands in `main`; holds exactly one `h1`
 * @returns the HTML document
 */
export function deskLayout(page: DeskPage, body: Child): string {
  const document = (
    <html lang="de" data-mode="desk">
      <Loading
        title={deskWords.titled({ title: page.title, city: page.city })}
        css={assets().deskCss(page.accent)}
      />
      <body>
        <a class="skip" href="#main">
          {layoutWords(SOURCE).skip}
        </a>
        <header class="desk-head">
          <a class="brand" href="/desk">
            <Mark />
            <span class="brand-city">{page.city}</span>
          </a>
          <nav class="desk-nav" aria-label={deskWords.sections}>
            {page.nav.map((item) => (
              <a href={item.href} aria-current={item.current ? 'page' : undefined}>
                {item.label}
                {item.count === undefined ? undefined : <span class="count-badge"> {item.count}</span>}
              </a>
            ))}
          </nav>
          {page.user && (
            <div class="desk-user">
              <span>
                <strong>{page.user.name}</strong> <span class="muted">{page.user.role}</span>
              </span>
              <form method="post" action={page.signOut}>
                <input type="hidden" name="_csrf" value={page.csrf} />
                <button type="submit" class="kern-btn kern-btn--tertiary">
                  <span class="kern-label">{deskWords.signOut}</span>
                </button>
              </form>
            </div>
          )}
        </header>
        <main id="main" tabindex={-1}>
          {body}
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${document.text}`;
}
