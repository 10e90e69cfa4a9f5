/**
 * Pay pages that a visit has opened and that its order does not wait for any more: of answers that were changed since, or of a
 * way that was given up. They would still take money, and the office gives it back.
 */
import type { Language } from '#language';
import { isWatched, type Payment } from '#payment';
import { othersOf, Stray, type StrayMoney, strayOf } from '#receipt';
import type { Visit } from '#visit';
import { Alert, type Html } from '#web';
import type { ErrandDeps } from './deps.ts';
import { earlierWords } from './words.ts';

/** What a person has to know of them. */
export interface EarlierPages {
  /** Of the same order: paying there as well as here would be paying twice. */
  again: boolean;
  /** Of an order that is not this one. */
  open: boolean;
  /** What came there for nothing. */
  came: readonly StrayMoney[];
  /** All of this order, as they stand now. */
  payments: readonly Payment[];
}

interface Order {
  slug: string;
  caseId: string;
  /** All of it, where they have just been read. */
  payments?: readonly Payment[];
}

type Deps = Pick<ErrandDeps, 'payments' | 'city'>;

/**
 * @param order the one that the person is told of
 * @param ask which pay pages are asked first, of those that would still take money
 */
export async function earlierPages(
  deps: Deps,
  visit: Visit,
  order: Order,
  ask: 'none' | 'others' | 'all',
): Promise<EarlierPages> {
  const { payments } = deps;
  let own = order.payments ?? (await payments.ofCase(order.caseId));
  const opened = visit.secret.opened?.filter((id) => !own.some((one) => one.id === id));
  let others = await othersOf(payments, opened, order);
  const open = others.filter(({ watched }) => watched);
  const asked = ask === 'none' ? [] : ask === 'others' ? open : [...open, ...own.filter(isWatched)];
  if (asked.length > 0) {
    await Promise.all(asked.map(({ id }) => payments.ask(id)));
    others = await othersOf(payments, opened, order);
    own = await payments.ofCase(order.caseId);
  }
  return {
    again: own.some(isWatched),
    open: others.some(({ watched }) => watched),
    came: strayOf(others, deps.city, visit.language),
    payments: own,
  };
}

/**
 * Says where not to pay any more, what becomes of money that comes there all the same, and of money that came.
 * @param props.paid whether this order is paid for: then nothing more is to be paid anywhere
 */
export function Earlier(props: { pages: EarlierPages; paid: boolean; language: Language }): Html | null {
  const { pages, paid, language } = props;
  const { again, open, came } = pages;
  const w = earlierWords(language);
  const said = [
    ...(open && !paid ? [w.other] : []),
    ...(again && !paid ? [w.again] : []),
    ...(paid ? [w.paid] : []),
  ];
  return (
    <>
      <Stray came={came} unpaid={!paid} language={language} />
      {(open || again) && (
        <Alert tone="warning" title={w.title}>
          {said.map((text) => (
            <p>{text}</p>
          ))}
        </Alert>
      )}
    </>
  );
}
