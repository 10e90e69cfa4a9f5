/** The search answers while somebody types: what the search page would say comes into the page that they are on. */
import { element, island } from './dom.ts';

/** So long nobody has typed anything more. */
const PAUSE_MS = 250;
/** Fewer letters find half of everything. */
const FEWEST = 2;
/** The part of the search page with its hits. */
const FOUND = 'found';

/** What the office finds, as its own page says it. */
interface Found {
  url: URL;
  page: Document;
  hits: HTMLElement;
}

async function foundFor(
  form: HTMLFormElement,
  query: string,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const url = new URL(form.action);
  url.search = new URLSearchParams({ q: query }).toString();
  const answer = await fetch(url, { signal });
  if (!answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const hits = page.getElementById(FOUND);
  return hits === null ? undefined : { url, page, hits };
}

/** The search page becomes that of what was typed now: heading, hits and address. */
function become(offer: HTMLElement): (found: Found | undefined) => void {
  let here = offer;
  return (found) => {
    const said = found?.page.querySelector('main .say');
    if (!found || !said) return;
    document.querySelector('main .say')?.replaceWith(document.adoptNode(said));
    here.replaceWith(document.adoptNode(found.hits));
    here = found.hits;
    history.replaceState(null, '', found.url);
  };
}

/** What the first page offers gives way to hits, and comes again where there are none. */
function giveWay(offer: HTMLElement): (found: Found | undefined) => void {
  const said = element('p', { class: 'found-said' });
  let hits: HTMLElement | undefined;
  offer.before(said);
  return (found) => {
    hits?.remove();
    said.textContent = found?.hits.dataset.said ?? '';
    hits = found && found.hits.dataset.none === undefined ? document.adoptNode(found.hits) : undefined;
    offer.hidden = hits !== undefined;
    hits?.removeAttribute('id');
    if (hits) offer.after(hits);
  };
}

function search(form: HTMLFormElement, input: HTMLInputElement, offer: HTMLElement): void {
  const show = offer.id === FOUND ? become(offer) : giveWay(offer);
  const spoken = element('p', { class: 'kern-sr-only', role: 'status' });
  form.append(spoken);
  let shown = offer.id === FOUND ? input.value.trim() : '';
  let pending = new AbortController();
  let pause: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === shown) return;
    pending.abort();
    pending = new AbortController();
    // Where the office cannot be asked now, Enter still leads there.
    const found =
      query.length < FEWEST ? undefined : await foundFor(form, query, pending.signal).catch(() => undefined);
    if (query !== input.value.trim()) return;
    shown = query;
    show(found);
    spoken.textContent = found?.hits.dataset.said ?? '';
  };
  input.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(() => void ask(), PAUSE_MS);
  });
  // What was typed before the language changed is still looked for.
  void ask();
}

export function defineSearch(): void {
  island('am-search', (host) => {
    const [form, input] = [host.querySelector('form'), host.querySelector('input')];
    const offer = document.getElementById(host.dataset.instead ?? '');
    if (form !== null && input !== null && offer !== null) search(form, input, offer);
  });
}
