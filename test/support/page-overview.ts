/** What can only be said of all pages together: whose title is whose, and how many of them scroll. */
import type { Taken } from '#test/browser-inspector';
import type { Lies } from '#test/browser-rules';

/** @returns which page it is, whatever was done on it; the state itself where the page does not say */
function pageOf(state: string, taken: Taken): string {
  const [main = ''] = /<main[^>]*>/.exec(taken) ?? [];
  const said = (name: string): string | undefined => new RegExp(`data-${name}="(.*?)"`).exec(main)?.[1];
  const [service, page] = [said('service'), said('page')];
  return service === undefined && page === undefined ? state : `${service ?? ''}/${page ?? ''}`;
}

/** Collects what pages are called, and how they lie on the screens of terminals. */
export class Overview {
  readonly #pages = new Map<string, Set<string>>();
  readonly #lies = new Map<string, Lies>();

  /** @param state as it is named, for example `sperrmuell/address with errors` */
  title(language: string, state: string, taken: Taken): void {
    const [, title = ''] = /<title>(.*?)<\/title>/s.exec(taken) ?? [];
    const pages = this.#pages.get(`${language}: ${title}`) ?? new Set();
    this.#pages.set(`${language}: ${title}`, pages.add(pageOf(state, taken)));
  }

  lies(state: string, screen: string, lies: Lies): void {
    this.#lies.set(`${state} ${screen}`, lies);
  }

  /** Titles that more than one page has, with these. */
  get shared(): string[] {
    return [...this.#pages]
      .filter(([, pages]) => pages.size > 1)
      .map(([title, pages]) => `${title} [${[...pages].join(', ')}]`);
  }

  count(screen: string): number {
    return [...this.#lies.keys()].filter((where) => where.endsWith(screen)).length;
  }

  /** Those that go on below the edge, the longest first. */
  get long(): [where: string, lies: Lies][] {
    return [...this.#lies]
      .filter(([, { below }]) => below > 1)
      .toSorted(([, one], [, other]) => other.below - one.below);
  }
}
