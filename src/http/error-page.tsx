/** The page for what went wrong. It stands outside all rooms: what it knows of the person is how they read, at most. */
import { about, type Language, SOURCE } from '#language';
import type { Again } from './again.ts';
import {
  again as againWords,
  deskErrorWordsOf,
  errorWordsOf,
  othersFor,
  type Said,
  TO_DESK,
} from './error-words.ts';

/** How somebody reads, where that is known. */
interface Look {
  language: Language;
  settings: { size: number; contrast: boolean };
}

interface Known {
  /** The number under which the city helps on the phone. */
  phone: string;
  /** Address of the style, if it is known yet. */
  stylesheet?: string;
  look?: Look | undefined;
  /** How the same is asked for once more, where it may pass by itself. */
  again?: Again | undefined;
  /** It is shown at a terminal, where nobody may still stand. */
  terminal?: boolean;
  /** A clerk reads it, at the desk. */
  desk?: boolean;
}

/** How long a terminal shows what somebody has typed to whoever stands before it. */
const LEFT_SECONDS = 120;

type Sentence = 'start' | 'loads' | 'load' | 'kept' | 'file' | 'fileLabel' | 'send';

const sentence =
  (name: Sentence): Said =>
  (language) =>
    againWords(language)[name];

/** The same on a button, in the languages shown, each wording once. */
const onButton = (said: Said, languages: readonly Language[]): string =>
  [...new Set(languages.map(said))].join(' · ');

/** Loads the page again; what was typed waits for the person, but not for the next one at the same screen. */
function refreshOf(again: Again | undefined, terminal: boolean): string | undefined {
  if (again?.kind === 'load') return String(again.seconds);
  return again && terminal ? `${LEFT_SECONDS}; url=/` : undefined;
}

/** @returns the attributes of what is said in one language on a page in another, or in the same */
function saidIn(one: Language, page: Language) {
  const { lang, direction } = about(one);
  return { lang, dir: direction === about(page).direction ? undefined : direction };
}

/** What the person can do, in the languages shown, and the button for it. */
function againOf(again: Again, languages: readonly Language[]) {
  const said = (name: Sentence) =>
    languages.map((one) => <p {...saidIn(one, languages[0] ?? SOURCE)}>{sentence(name)(one)}</p>);
  const label = (name: Sentence) => onButton(sentence(name), languages);
  if (again.kind === 'load') {
    return (
      <>
        {said('loads')}
        <p>
          <a class="kern-btn kern-btn--primary" href={again.address}>
            <span class="kern-label">{label('load')}</span>
          </a>
        </p>
      </>
    );
  }
  const { address, fields, files } = again;
  return (
    <form method="post" action={address} enctype={files.length > 0 ? 'multipart/form-data' : undefined}>
      {said('kept')}
      {files.length > 0 ? said('file') : null}
      {fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {files.map((name) => (
        <p>
          <input type="file" name={name} aria-label={label('fileLabel')} multiple />
        </p>
      ))}
      <p>
        <button class="kern-btn kern-btn--primary" type="submit">
          <span class="kern-label">{label('send')}</span>
        </button>
      </p>
    </form>
  );
}

/** The desk speaks German, and its clerks read it as it stands. */
const AT_DESK: Look = { language: SOURCE, settings: { size: 1, contrast: false } };

/**
 * @param status an HTTP status from 400 on
 * @returns a whole HTML document, in the person's language or in all of them; it never says what exactly went wrong
 */
export function errorPage(status: number, known: Known): string {
  const { stylesheet, again, desk = false, terminal = false } = known;
  const look = desk ? AT_DESK : known.look;
  const words = errorWordsOf(status, known.phone);
  const language = look?.language ?? SOURCE;
  const others = look ? [] : othersFor(words);
  const heading = desk ? deskErrorWordsOf(status, known.phone) : words(language);
  const refresh = refreshOf(again, terminal);
  const start = desk ? TO_DESK : onButton(sentence('start'), [language, ...others]);
  const style = stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null;
  const page = (
    <html
      lang={about(language).lang}
      dir={about(language).direction === 'rtl' ? 'rtl' : undefined}
      class={about(language).register}
      data-size={look?.settings.size}
      data-contrast={look?.settings.contrast ? 'high' : undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh === undefined ? null : <meta http-equiv="refresh" content={refresh} />}
        <title>{heading}</title>
        {style}
      </head>
      <body>
        <main class="am-problem">
          <h1>{heading}</h1>
          {others.map((other) => (
            <p {...saidIn(other, language)}>{words(other)}</p>
          ))}
          {again ? againOf(again, [language, ...others]) : null}
          <p>
            <a class="kern-btn kern-btn--secondary" href={desk ? '/desk' : '/'}>
              <span class="kern-label">{start}</span>
            </a>
          </p>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${page}`;
}
