/** The page for what went wrong. It stands outside all rooms: what it knows of the person is how they read, at most. */
import type { Language } from '#service';
import { errorWordsOf, START } from './error-words.ts';

/** How somebody reads, where that is known. */
interface Look {
  language: Language;
  settings: { size: number; contrast: boolean };
}

interface Known {
  /** Address of the style, if it is known yet. */
  stylesheet?: string;
  look?: Look | undefined;
}

const tagOf = (language: Language): string => (language === 'leicht' ? 'de' : language);

/**
 * @param status an HTTP status from 400 on
 * @returns a whole HTML document, in the person's language or in all of them; it never says what exactly went wrong
 */
export function errorPage(status: number, { stylesheet, look }: Known = {}): string {
  const words = errorWordsOf(status);
  const language = look?.language ?? 'de';
  const others: readonly Language[] = look ? [] : ['leicht', 'en'];
  const style = stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null;
  const page = (
    <html
      lang={tagOf(language)}
      class={language === 'leicht' ? 'leicht' : undefined}
      data-size={look?.settings.size}
      data-contrast={look?.settings.contrast ? 'high' : undefined}
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{words[language]}</title>
        {style}
      </head>
      <body>
        <main class="am-problem">
          <h1>{words[language]}</h1>
          {others.map((other) => (
            <p lang={tagOf(other)}>{words[other]}</p>
          ))}
          <p>
            <a class="kern-btn kern-btn--secondary" href="/">
              <span class="kern-label">{look ? START[language] : `${START.de} · ${START.en}`}</span>
            </a>
          </p>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${page}`;
}
