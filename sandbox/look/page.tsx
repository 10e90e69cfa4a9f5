import type { Child } from '#web';

/** How every stand-in looks: plain, and with a banner that nobody can take for the real thing. */
export const STYLE = `
:root { color-scheme: light; font: 1.125rem/1.5 system-ui, sans-serif; color: #1c2430; background: #eef1f4; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; overflow-wrap: break-word; }
header { padding: .75rem clamp(1rem, 4vw, 2rem); background: #ffd24d; font-weight: 600; }
main { margin: clamp(0rem, 3vw, 2rem) auto; width: min(48rem, 100%); padding: clamp(1.25rem, 4vw, 2.5rem); background: #fff; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; line-height: 1.25; }
h2 { margin: 0 0 .25rem; font-size: 1.25rem; }
section { margin-top: 2rem; padding-top: 1.5rem; border-top: 1px solid #d5dbe1; }
p { margin: 0 0 1.25rem; }
section > p { margin-bottom: .75rem; color: #4a5763; }
ul { margin: 0; padding-left: 1.25rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
.sum { margin: 0 0 .25rem; font-size: 2.5rem; font-weight: 600; font-variant-numeric: tabular-nums; }
.note { color: #4a5763; }
form { display: grid; gap: .75rem; }
form.row { grid-template-columns: repeat(auto-fill, minmax(min(100%, 12.5rem), 1fr)); gap: .5rem; }
button { font: inherit; line-height: 1.3; text-align: left; min-height: 3.5rem; padding: .6rem 1rem; border: 1px solid #6b7785; border-radius: .375rem; background: #fff; color: inherit; cursor: pointer; }
button:hover { background: #f1f4f7; }
button b { display: block; }
button.main, button[aria-pressed=true] { background: #1d4f91; color: #fff; border-color: #1d4f91; }
button.main { text-align: center; font-weight: 600; }
button.other { text-align: center; }
label { display: grid; gap: .25rem; }
[role=alert] { color: #9a1b1b; font-weight: 600; }
input { font: inherit; min-height: 3rem; padding: .5rem .75rem; border: 1px solid #6b7785; border-radius: .375rem; }
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
