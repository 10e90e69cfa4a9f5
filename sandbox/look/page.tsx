import type { Child } from '#web';

/** How every stand-in looks: plain, and with a banner that nobody can take for the real thing. */
export const STYLE = `
:root { color-scheme: light; font: 1.125rem/1.5 system-ui, sans-serif; color: #1c2430; background: #eef1f4; }
body { margin: 0; min-height: 100vh; }
header { padding: .75rem 1.5rem; background: #ffd24d; font-weight: 600; }
main { box-sizing: border-box; margin: 1.5rem auto; width: min(44rem, 100vw); padding: 2rem; background: #fff; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.25rem; }
p { margin: 0 0 1.25rem; }
form { display: grid; gap: .75rem; }
form.row { display: flex; flex-wrap: wrap; }
button { font: inherit; text-align: left; min-height: 3.5rem; padding: .75rem 1rem; border: 1px solid #6b7785; border-radius: .25rem; background: #fff; color: inherit; cursor: pointer; }
button:hover { background: #f1f4f7; }
button b { display: block; }
button.main, button[aria-pressed=true] { background: #1d4f91; color: #fff; border-color: #1d4f91; }
button.main { text-align: center; }
label { display: grid; gap: .25rem; }
a.button { padding: .75rem 1rem; border: 1px solid #6b7785; border-radius: .25rem; color: inherit; text-align: center; }
.sum { font-size: 2rem; font-variant-numeric: tabular-nums; }
[role=alert] { color: #9a1b1b; font-weight: 600; }
input { font: inherit; min-height: 3rem; padding: .5rem .75rem; border: 1px solid #6b7785; border-radius: .25rem; }
:focus-visible { outline: .1875rem solid #0b63c5; outline-offset: .125rem; }
`;

/**
 * @param banner says what this stands in for
 * @param style where {@link STYLE} is served
 * @returns a whole HTML document
 */
export function standInPage(
  banner: string,
  title: string,
  body: Child,
  { head, style = '/style.css' }: { head?: Child; style?: string } = {},
): string {
  const document = (
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        <link rel="stylesheet" href={style} />
        {head}
      </head>
      <body>
        <header>{banner}</header>
        <main>{body}</main>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}
