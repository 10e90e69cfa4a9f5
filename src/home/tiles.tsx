import { inARow, type Language } from '#language';
import type { CompiledService } from '#service';
import { type Html, SearchField, Tile, Tiles } from '#web';
import { costOf, timeOf } from './facts.ts';
import { words } from './words.ts';

/** Services as tiles: picture, name, what each costs and how long it takes. */
export function ServiceTiles(props: { services: readonly CompiledService[]; language: Language }): Html {
  const { language } = props;
  return (
    <Tiles>
      {props.services.map((service) => {
        const isGerman = service.foreign?.includes(language);
        const facts = [costOf(service, language).fact, timeOf(service, language).fact];
        return (
          <Tile
            href={`/service/${service.slug}`}
            pictogram={service.pictogram}
            title={service.texts[language].title}
            facts={isGerman ? [...facts, words(language).inGerman] : facts}
          />
        );
      })}
    </Tiles>
  );
}

/**
 * The search of services by everyday words.
 * @param props.form the id of its form, where the bar's buttons send along what stands in it
 * @param props.examples words that find something here
 * @param props.instead the id of what gives way to the hits while somebody types
 */
export function ServiceSearch(props: {
  form?: string;
  examples: readonly string[];
  value?: string | undefined;
  instead: string;
  language: Language;
}): Html {
  const { form, examples, value, instead, language } = props;
  const w = words(language);
  return (
    <SearchField
      {...(form !== undefined && { form })}
      action="/search"
      name="q"
      label={w.searchLabel}
      hint={examples.length > 0 ? w.searchHint({ examples: inARow(examples, language) }) : w.searchLabel}
      value={value}
      instead={instead}
    />
  );
}
