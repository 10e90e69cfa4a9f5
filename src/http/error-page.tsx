/** The page for what went wrong. It knows nothing of the visit, so it speaks German and English at once. */

interface Words {
  de: string;
  en: string;
}

const UNREADABLE: Words = {
  de: 'Diese Anfrage können wir nicht lesen.',
  en: 'We cannot read this request.',
};

const WORDS: Readonly<Record<number, Words>> = {
  400: UNREADABLE,
  405: UNREADABLE,
  411: UNREADABLE,
  403: {
    de: 'Das ist hier nicht erlaubt. Bitte beginnen Sie noch einmal von vorn.',
    en: 'This is not allowed here. Please start again.',
  },
  404: {
    de: 'Diese Seite gibt es nicht.',
    en: 'This page does not exist.',
  },
  413: {
    de: 'Das ist zu groß. Wenn Sie eine Datei gesendet haben: Gehen Sie zurück und wählen Sie eine kleinere. Ihre Angaben von den Seiten davor sind noch da.',
    en: 'This is too large. If you sent a file, go back and choose a smaller one. Your answers from the pages before are still here.',
  },
  421: {
    de: 'Unter dieser Adresse gibt es hier nichts.',
    en: 'There is nothing here at this address.',
  },
  429: {
    de: 'Das waren sehr viele Anfragen in kurzer Zeit. Bitte warten Sie einen Moment.',
    en: 'That were very many requests in a short time. Please wait a moment.',
  },
  503: {
    de: 'Das Digitale Bürgerbüro ist gerade nicht bereit. Bitte versuchen Sie es gleich noch einmal oder rufen Sie 115 an.',
    en: 'The digital office is not ready just now. Please try again in a moment or call 115.',
  },
};
const ANY: Words = {
  de: 'Hier ist etwas schiefgegangen. Das liegt an uns, nicht an Ihnen. Bitte versuchen Sie es noch einmal oder rufen Sie 115 an.',
  en: 'Something went wrong. It is our fault, not yours. Please try again or call 115.',
};

/**
 * @param status an HTTP status from 400 on
 * @param stylesheet address of the style, if it is known yet
 * @returns a whole HTML document; never says what exactly went wrong
 */
export function errorPage(status: number, stylesheet?: string): string {
  const words = WORDS[status] ?? ANY;
  const style = stylesheet ? <link rel="stylesheet" href={stylesheet} /> : null;
  const page = (
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{words.de}</title>
        {style}
      </head>
      <body>
        <main class="am-problem">
          <h1>{words.de}</h1>
          <p lang="en">{words.en}</p>
          <p>
            <a class="kern-btn kern-btn--secondary" href="/">
              <span class="kern-label">Zum Anfang · Start</span>
            </a>
          </p>
        </main>
      </body>
    </html>
  );
  return `<!doctype html>${page}`;
}
