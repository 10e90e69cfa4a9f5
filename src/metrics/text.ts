/** The text format of OpenMetrics 1.0. Pure. */

export type Labels = Readonly<Record<string, string>>;

interface Sample {
  /** Behind the family's name: `_total`, `_bucket`, `_sum`, `_count`, `_info`, or nothing. */
  suffix: string;
  labels: Labels;
  value: number;
}

/** One thing that is measured. */
export interface Family {
  name: string;
  type: 'counter' | 'gauge' | 'histogram' | 'info';
  help: string;
  samples: readonly Sample[];
}

export const CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** @returns a number as OpenMetrics writes bounds: always with a point, so that it stays the same text */
export function bound(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function sampleLine(name: string, { suffix, labels, value }: Sample): string {
  const inner = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${suffix}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}`;
}

/** @returns a whole answer, with its end */
export function openMetrics(families: readonly Family[]): string {
  const lines = families.flatMap((family) => [
    `# TYPE ${family.name} ${family.type}`,
    ...(family.name.endsWith('_seconds') ? [`# UNIT ${family.name} seconds`] : []),
    ...(family.name.endsWith('_bytes') ? [`# UNIT ${family.name} bytes`] : []),
    `# HELP ${family.name} ${escaped(family.help)}`,
    ...family.samples.map((sample) => sampleLine(family.name, sample)),
  ]);
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

/** @returns something that goes up and down */
export function gauge(name: string, help: string, values: readonly (readonly [Labels, number])[]): Family {
  const samples = values.map(([labels, value]) => ({ suffix: '', labels, value }));
  return { name, type: 'gauge', help, samples };
}

/** @returns something that only grows */
export function counter(name: string, help: string, values: readonly (readonly [Labels, number])[]): Family {
  const samples = values.map(([labels, value]) => ({ suffix: '_total', labels, value }));
  return { name, type: 'counter', help, samples };
}
