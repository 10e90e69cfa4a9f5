import type { CompiledService } from '#service';
import { Do, Go, layout, type Page, Pictogram, Say } from '#web';
import { costOf, timeOf } from './facts.ts';
import { words } from './words.ts';

/** All that can be done here, each with the sentence that says what it is. */
export function listPage(page: Page, services: readonly CompiledService[]): string {
  const w = words(page.language);
  return layout(
    { ...page, title: w.allServices, kind: 'search', back: '/' },
    <>
      <Say>
        <h1>{w.allServices}</h1>
      </Say>
      <Do>
        <ul class="service-list">
          {services.map((service) => {
            const { title, summary } = service.texts[page.language];
            return (
              <li>
                <a class="service-row" href={`/service/${service.slug}`}>
                  <Pictogram id={service.pictogram} />
                  <span>
                    <strong>{title}</strong> <span class="service-summary">{summary}</span>{' '}
                    <span class="service-facts">
                      {costOf(service, page.language).fact} · {timeOf(service, page.language).fact}
                    </span>
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      </Do>
      <Go page={{ ...page, back: '/' }} />
    </>,
  );
}
