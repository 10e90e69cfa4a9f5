import { euros, type Language } from '#language';
import type { CompiledService, FeeDue } from '#service';
import type { Html } from '#web';
import { stepWords, words } from './words.ts';

/** How the sum comes about. */
function reckoned({ count, eachCents, furtherCents }: FeeDue, item: string, language: Language): string {
  const w = stepWords(language);
  const each = euros(eachCents, language);
  if (count < 2 || furtherCents === eachCents) return w.times({ count, item, each });
  return w.timesFurther({ count, item, each, further: euros(furtherCents, language) });
}

/** What it costs with somebody's answers: worked out, with the reason where it is nothing. */
export function Cost(props: { service: CompiledService; fee: FeeDue; language: Language }): Html {
  const { service, fee, language } = props;
  const texts = service.texts[language];
  const w = stepWords(language);
  if (!texts.fee || fee.eachCents === 0)
    return (
      <p class="price">
        <span>{words(language).costTitle}</span> <span>{texts.cost}</span>
      </p>
    );
  const why = fee.exemption === undefined ? undefined : texts.fee.exemptions[fee.exemption];
  return (
    <p class="price">
      <span>{why ?? reckoned(fee, texts.fee.item, language)}</span>{' '}
      <strong class="sum" data-fee={fee.cents}>
        {fee.cents === 0 ? w.free : euros(fee.cents, language)}
      </strong>
    </p>
  );
}
