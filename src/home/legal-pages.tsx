/** Who runs this office, and what becomes of what people enter: pages of this office, so that a terminal leads nowhere else. */
import { type City, isOpenFact } from '#city';
import { germanIn, type Language, longDate } from '#language';
import { periodText } from '#receipt';
import type { CompiledService } from '#service';
import { type Child, Do, Go, type Html, layout, type Page, Say } from '#web';
import { legalWords } from './words.ts';

function Facts(props: { facts: readonly (readonly [label: string, value: string])[] }): Html {
  return (
    <section class="summary">
      <dl>
        {props.facts.map(([label, value]) => (
          <div class="summary-line">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Text(props: { title: string; text: string }): Html {
  return (
    <>
      <h2>{props.title}</h2>
      {props.text.split('\n').map((text) => (
        <p>{text}</p>
      ))}
    </>
  );
}

/** One of these pages: its title as the question, all else to read. */
const legalPage = (page: Page, text: Child): string =>
  layout(
    { ...page, kind: 'legal' },
    <>
      <Say>
        <h1>{page.title}</h1>
      </Say>
      <Do reads={page.title}>{text}</Do>
      <Go page={page} />
    </>,
  );

/** § 5 DDG, from the city's data. */
export function imprintPage(page: Page, city: City): string {
  const w = legalWords(page.language);
  const imprint = germanIn(page.language, city.imprint);
  return legalPage(
    { ...page, title: w.imprint, page: 'imprint' },
    <>
      <Facts
        facts={[
          [w.operator, imprint.operator],
          [w.address, imprint.address],
          [w.contact, imprint.contact],
        ]}
      />
      {imprint.note && <p>{imprint.note}</p>}
    </>,
  );
}

/** How long each service keeps what was handed in, by its own numbers. */
function Kept(props: { services: readonly CompiledService[]; language: Language }): Html {
  const { services, language } = props;
  const w = legalWords(language);
  const facts = services.flatMap(({ retention, texts }) => {
    if (!retention) return [];
    const kept = w[retention.start]({ period: periodText(retention.days, language) });
    return [
      [
        texts[language].title,
        `${kept}. ${w.basis({ law: germanIn(language, retention.legalBasis) })}`,
      ] as const,
    ];
  });
  return <Facts facts={facts} />;
}

/** Articles 13 and 14 DSGVO. */
export function privacyPage(page: Page, city: City, services: readonly CompiledService[]): string {
  const w = legalWords(page.language);
  const privacy = germanIn(page.language, city.privacy);
  return legalPage(
    { ...page, title: w.privacy, page: 'privacy' },
    <>
      <Facts
        facts={[
          [w.controller, privacy.controller],
          [w.officer, privacy.officer],
          [w.authority, privacy.authority],
        ]}
      />
      <Text title={w.visitTitle} text={w.visit} />
      <Text title={w.sentTitle} text={w.sent} />
      <h2>{w.keptTitle}</h2>
      <Kept services={services} language={page.language} />
      <p>{w.keptText}</p>
      <Text title={w.rightsTitle} text={w.rights} />
    </>,
  );
}

/** § 10 L-BGG with § 12b BGG: how far, what not, to whom it is told, and who settles it. */
export function accessibilityPage(page: Page, city: City): string {
  const w = legalWords(page.language);
  const { checked } = city.accessibility;
  const told = germanIn(page.language, city.accessibility);
  return legalPage(
    { ...page, title: w.accessibility, page: 'accessibility' },
    <>
      <Text title={w.accessTitle} text={w.access({ law: told.law })} />
      <Text title={w.barriersTitle} text={[w.barriers, told.note].filter(Boolean).join('\n')} />
      {!isOpenFact(checked) && <p>{w.checked({ day: longDate(checked, page.language) })}</p>}
      <Text title={w.tellTitle} text={`${w.tell}\n${told.contact}`} />
      <Text title={w.enforcementTitle} text={`${w.enforcement}\n${told.enforcement}`} />
    </>,
  );
}
