/** Whoever comes home in the middle of something finds the way back first. */
import type { Catalogue } from '#catalogue';
import { fillText, isEnding, walk } from '#journey';
import type { Moment } from '#time';
import { isBlank, type Visit } from '#visit';
import { type Html, LinkButton, type Page } from '#web';
import { words } from './words.ts';

/** What somebody has begun here and not handed in. */
export interface Begun {
  /** Title of the service. */
  title: string;
  /** What the page says that they were at; undefined where that is not known. */
  page: string | undefined;
  /** Where it goes on. */
  href: string;
}

/** @returns what was begun last in this visit, where answers or something typed would go on from there */
export function begunIn(
  catalogue: Pick<Catalogue, 'get'>,
  visit: Visit | undefined,
  moment: Moment,
): Begun | undefined {
  const [slug, draft] = Object.entries(visit?.secret.drafts ?? {}).at(-1) ?? [];
  const service = catalogue.get(slug ?? '');
  if (!visit || !draft || !service) return undefined;
  if (draft.seen.length === 0 && Object.keys(draft.unsent ?? {}).length === 0) return undefined;
  const texts = service.texts[visit.language];
  const href = `/service/${service.slug}`;
  if (visit.secret.paying && Object.hasOwn(visit.secret.paying, service.slug))
    return { title: texts.title, page: undefined, href: `${href}/pay` };
  // In another version it begins with what has changed.
  if (draft.version !== service.version) return { title: texts.title, page: undefined, href };
  const walked = walk(service, draft, moment);
  // What has come to its end is not gone on with.
  if (walked.next && isEnding(walked.next)) return undefined;
  // What was typed and not sent first: who had passed over it would not see it again before the end.
  const typed = walked.pages.find(({ id }) => !isBlank(draft.unsent?.[id]?.fields ?? {}));
  const at = typed ?? walked.next ?? service.pages.at(-1);
  const title = at && texts.pages[at.id]?.title;
  return {
    title: texts.title,
    page: title && fillText(title, walked, visit.language),
    href: at ? `${href}/${at.id}` : href,
  };
}

/** The card on the first page; its button is the one next step there. */
export function DraftCard(props: { begun: Begun; page: Pick<Page, 'language'> }): Html {
  const { begun, page } = props;
  const w = words(page.language);
  return (
    <section class="draft-card">
      <div>
        <p>{begun.page === undefined ? w.draftIn : w.draftAt({ page: begun.page })}</p>
        <h2>{begun.title}</h2>
      </div>
      <LinkButton href={begun.href} pictogram="forward">
        {w.draftGoOn}
      </LinkButton>
    </section>
  );
}
