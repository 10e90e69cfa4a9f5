/** What a service costs with somebody's answers. Worked out here only, never taken from a form. */
import type { Answers, Scope } from '#kinds';
import { type CompiledService, type FeeDue, priceOf } from '#service';

/** @param scope what conditions can see when all pages have been walked */
export function feeOf(service: CompiledService, answers: Answers, scope: Scope): FeeDue {
  const { cents, each, further = cents, exemptions } = service.fee;
  const times = each === undefined ? 1 : answers[each];
  const count = typeof times === 'number' ? times : 1;
  const exemption = cents > 0 ? exemptions.find((one) => one.when(scope))?.id : undefined;
  return {
    cents: exemption === undefined ? priceOf(service.fee, count) : 0,
    ...{ count, eachCents: cents, furtherCents: further, exemption },
  };
}
