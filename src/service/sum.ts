/** What is counted adds up to something that has a most: both stand in the definition, and the page says them while people count. */
import type { CountedSum } from '#kinds';
import type { ServiceFile } from './schema.ts';

type QuestionInFile = NonNullable<ServiceFile['pages'][number]['questions']>[number];

const TOTAL = /^\s*total\(\s*(\w+)\s*,\s*"(\w+)"\s*\)\s*$/;
const AT_MOST = /^\s*(\w+)\s*<=\s*(\d+(?:\.\d+)?)\s*$/;

/**
 * @param raw a question as written
 * @param computed the service's computed values as written
 * @returns what its counts add up to, where a computed value is nothing but that total and a limit of the question is nothing
 *   but a most of it; undefined otherwise
 */
export function sumOf(raw: QuestionInFile, computed: ServiceFile['computed'] = []): CountedSum | undefined {
  for (const { holds } of ('limits' in raw && raw.limits) || []) {
    const [, name, most] = AT_MOST.exec(String(holds)) ?? [];
    const sum = computed.find(({ id }) => id === name);
    const [, of, value] = TOTAL.exec(String(sum?.value)) ?? [];
    if (sum && value !== undefined && of === raw.id) return { value, most: Number(most), unit: sum.unit };
  }
  return undefined;
}
