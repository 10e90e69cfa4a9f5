import type { Html } from '#web';

export interface DeskPage {
  title: string;
  user: { name: string; role: string } | undefined;
  nav: readonly { href: string; label: string; current: boolean; count?: number | undefined }[];
  csrf: string;
}

export function deskLayout(page: DeskPage, body: Html): string {
  const document = (
    <html lang="de">
      <head>
        <meta charset="utf-8" />
        <title>{page.title}</title>
      </head>
      <body>
        {page.user && (
          <header>
            <nav>
              {page.nav.map((entry) => (
                <a href={entry.href} aria-current={entry.current ? 'page' : undefined}>
                  {entry.label}
                </a>
              ))}
            </nav>
            <span>{page.user.name}</span>
            <form method="post" action="/desk/sign-out">
              <input type="hidden" name="_csrf" value={page.csrf} />
              <button type="submit">Abmelden</button>
            </form>
          </header>
        )}
        <main>{body}</main>
      </body>
    </html>
  );
  return `<!doctype html>${document}`;
}
