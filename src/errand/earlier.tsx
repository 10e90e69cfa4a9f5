/**
 * Pay pages that a visit has opened and that its order does not wait for any more: of answers that were changed since, or of a
 * way that was given up. They would still take money, and the office gives it back.
 */
import { euros, type Language } from '#language';
import { isWatched } from '#payment';
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
  /** What came there for nothing, and has not been given back yet. */
  cents: number;
}

interface Order {
  slug: string;
  caseId: string;
}

type Deps = Pick<ErrandDeps, 'payments'>;

/** @returns the payments whose pay page this visit has opened for other orders of the service */
async function othersOf({ payments }: Deps, { secret }: Visit, { slug, caseId }: Order) {
  const opened = await Promise.all((secret.opened ?? []).map((id) => payments.progress(id)));
  return opened.flatMap((one) => (one && one.service === slug && one.caseId !== caseId ? [one] : []));
}

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
  let others = await othersOf(deps, visit, order);
  let own = (await payments.ofCase(order.caseId)).filter(isWatched);
  const open = others.filter(({ watched }) => watched);
  const asked = ask === 'none' ? [] : ask === 'others' ? open : [...open, ...own];
  if (asked.length > 0) {
    await Promise.all(asked.map(({ id }) => payments.ask(id)));
    others = await othersOf(deps, visit, order);
    own = (await payments.ofCase(order.caseId)).filter(isWatched);
  }
  const stray = others.filter((one) => one.state === 'paid' && one.stray);
  return {
    again: own.length > 0,
    open: others.some(({ watched }) => watched),
    cents: stray.reduce((sum, { amountCents }) => sum + amountCents, 0),
  };
}

/**
 * Says where not to pay any more, what becomes of money that comes there all the same, and of money that came.
 * @param props.paid whether this order is paid for: then nothing more is to be paid anywhere
 */
export function Earlier(props: { pages: EarlierPages; paid: boolean; language: Language }): Html | null {
  const { pages, paid, language } = props;
  const { again, open, cents } = pages;
  const w = earlierWords(language);
  const said = [
    ...(open && !paid ? [w.other] : []),
    ...(again && !paid ? [w.again] : []),
    ...(paid ? [w.paid] : []),
  ];
  return (
    <>
      {cents > 0 && (
        <Alert tone="info" title={w.came({ sum: euros(cents, language) })}>
          <p>{paid ? w.back : w.backUnpaid}</p>
        </Alert>
      )}
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
