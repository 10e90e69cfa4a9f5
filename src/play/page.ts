/** One page of an office, read the way a person reads it. */
import type { Answered } from './client.ts';
import { type PageForm, readForms } from './form.ts';
import { findAll, type HtmlElement, parseHtml, textOf } from './html.ts';

export interface ShownError {
  field: string | undefined;
  code: string;
}

export interface ShownPage {
  url: string;
  status: number;
  heading: string;
  /** Page id of a journey's page. */
  page: string | undefined;
  service: string | undefined;
  /** `submitted` on the page that says so. */
  outcome: string | undefined;
  language: string | undefined;
  errors: readonly ShownError[];
  forms: readonly PageForm[];
  /** Paths that links lead to. */
  links: readonly string[];
  /** Whole addresses that links lead to. */
  addresses: readonly string[];
  /** The first value of a data attribute anywhere on the page. */
  data(name: string): string | undefined;
}

function pathOf(href: string, base: string): string {
  return URL.canParse(href, base) ? new URL(href, base).pathname : '';
}

/** Reads an answer as a page. */
export function readPageOf(answer: Answered): ShownPage {
  const document = parseHtml(answer.body.toString('utf8'));
  const all = (fits: (element: HtmlElement) => boolean) => findAll(document, fits);
  const main = all((element) => element.tag === 'main')[0]?.attributes ?? {};
  const [heading] = all((element) => element.tag === 'h1');
  const html = all((element) => element.tag === 'html')[0]?.attributes ?? {};
  return {
    url: answer.url,
    status: answer.status,
    heading: heading ? textOf(heading) : '',
    page: main['data-page'],
    service: main['data-service'],
    outcome: main['data-outcome'],
    language: html.class?.split(/\s+/).includes('leicht') ? 'leicht' : html.lang,
    errors: all((element) => 'data-error' in element.attributes).map(({ attributes }) => ({
      field: attributes['data-field'],
      code: attributes['data-error'] ?? '',
    })),
    forms: readForms(document, answer.url),
    addresses: all((element) => element.tag === 'a').flatMap(({ attributes }) =>
      attributes.href !== undefined && URL.canParse(attributes.href, answer.url)
        ? [new URL(attributes.href, answer.url).href]
        : [],
    ),
    links: all((element) => element.tag === 'a').map(({ attributes }) =>
      pathOf(attributes.href ?? '', answer.url),
    ),
    data: (name) => all((element) => `data-${name}` in element.attributes)[0]?.attributes[`data-${name}`],
  };
}
