/** What the office wrote on a letter stands in the fields of whoever comes with its code. */
import type { Answers, CompiledPage, CompiledService } from '#service';
import { formFieldsOf } from './read.ts';
import type { FormFields, Progress } from './types.ts';

/** @returns fields of the page that a letter of the office fills in; nobody has to leave them so */
export function toldByLetter(
  page: CompiledPage,
  service: CompiledService,
  { identity }: Progress,
): FormFields {
  const rule = service.pages.find(({ identify }) => identify?.letterCode)?.identify?.letterCode;
  const { addressee } = identity ?? {};
  if (!rule || !addressee) return {};
  const told: Answers = { [rule.name]: addressee.name, [rule.address]: { ...addressee.address } };
  return Object.assign({}, ...page.questions.map((question) => formFieldsOf(question, told)));
}
