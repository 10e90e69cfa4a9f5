import { euros } from '#language';
import { Go, LinkButton, layout, type Page, Say } from '#web';
import { payWords } from './words.ts';

/** Money that came without anything (any more) to pay for. `twice`: the case is there, and was paid for before. */
interface StrayMoney {
  cents: number;
  twice: boolean;
  /** What becomes of it, and what to name where. */
  text: string;
}

/** Where it goes on, and where the pay page is asked once more. */
interface Onward {
  next: string;
  again?: string | undefined;
}

/**
 * Back from the pay page, where this browser has nothing that the payment belongs to.
 * @param stray left out: nothing is said of any payment, only what holds for all
 */
export function payReturnPage(page: Page, stray: StrayMoney | undefined, { next, again }: Onward): string {
  const w = payWords(page.language);
  const title = stray ? w.strayTitle({ sum: euros(stray.cents, page.language) }) : w.backTitle;
  const [first, ...more] = stray
    ? [stray.twice ? w.strayTwice : w.strayGone, stray.text]
    : [w.backPaid, w.backCode, w.backSent, w.backAsk(page)];
  return layout(
    { ...page, title, page: 'pay-return', kind: 'notice' },
    <>
      <Say>
        <h1>{title}</h1>
        <p class="lead">{first}</p>
        {more.map((text) => (
          <p>{text}</p>
        ))}
      </Say>
      <Go page={page}>
        {again !== undefined && (
          <LinkButton href={again} kind="secondary">
            {w.look}
          </LinkButton>
        )}
        <LinkButton href={next} kind={again === undefined ? 'secondary' : 'quiet'}>
          {w.goOn}
        </LinkButton>
      </Go>
    </>,
  );
}
