import { kindOf } from '#kinds';
import type { CompiledPage, CompiledService } from '#service';

/**
 * @returns the question at which it is said that an allowance is used up: one that names the holder, so that the service can
 * say it in its own words (`errors.entitlementUsed`). Never how a step ended: nobody sees that.
 */
export function saidAt(service: CompiledService, page: CompiledPage): string {
  const asked = page.questions.filter((question) => kindOf(question).asked).map(({ id }) => id);
  const holder = service.entitlement?.holder ?? [];
  return asked.find((id) => holder.includes(id)) ?? asked[0] ?? page.id;
}
