/** What happens next: which lines of `result.next` are said to whom, and on which day each of them falls. */
import type { Source } from '#source';
import { conditionOf, demandKind } from './conditions.ts';
import type { Pages } from './pages.ts';
import type { Report } from './report.ts';
import type { ServiceFile } from './schema.ts';
import type { TextSource } from './texts.ts';
import type { NextStep } from './types.ts';

/** Compiles the conditions of the steps; they may name answers of every page, and hold only where what they name was answered. */
export function compileSteps(source: Source<ServiceFile>, pages: Pages, report: Report): readonly NextStep[] {
  const before = source.value.pages.length;
  return (source.value.result?.next ?? []).map(({ when, day, days = 0 }, index): NextStep => {
    const tell = (message: string) => report.add(source, ['result', 'next', index, 'when'], message);
    const expression =
      when === undefined ? undefined : pages.conditions.compile(when, { before, guards: [] }, tell, true);
    const holds =
      expression && demandKind(expression, 'bool', tell) ? conditionOf(expression, false) : undefined;
    if (day !== undefined && !isDay(day, pages))
      report.add(
        source,
        ['result', 'next', index, 'day'],
        `\`${day}\` is no date: name a question of kind \`date\` or \`slot\`, or a computed date`,
      );
    return { when: holds, day: day === undefined ? undefined : { of: day, days } };
  });
}

function isDay(id: string, { questions, conditions }: Pages): boolean {
  return questions.get(id)?.kind === 'slot' || conditions.name(id)?.type.kind === 'date';
}

/** Each line has its step by its place, so every language has as many lines as there are steps. */
export function checkSteps(
  file: ServiceFile,
  steps: readonly NextStep[],
  all: readonly TextSource[],
  report: Report,
): void {
  if (!file.result?.next) return;
  for (const { source } of all) {
    const lines = source.value.result?.next?.length;
    if (lines !== undefined && lines !== steps.length)
      report.add(
        source,
        ['result', 'next'],
        `\`result.next\` has ${lines} lines here and ${steps.length} in service.yaml: each line has its condition and day by its place`,
      );
  }
}
