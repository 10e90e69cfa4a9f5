/** A city's own words laid over the common ones. */
import { type Inlay, isGroup, layered, type Source } from '#source';
import type { OverlayTexts } from './overlay-shapes.ts';
import type { Report } from './report.ts';
import type { TranslationFile } from './schema.ts';
import { leavesOf } from './text-tree.ts';

function put(target: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[key] = value;
  else {
    const inner = isGroup(target[key]) ? target[key] : {};
    target[key] = inner;
    put(inner, rest, value);
  }
}

function remove(target: Record<string, unknown>, [key = '', ...rest]: readonly string[]): void {
  const inner = target[key];
  if (rest.length === 0) delete target[key];
  else if (isGroup(inner)) remove(inner, rest);
}

/** Without these a service has no page: they cannot fall back on nothing. */
const NEEDED: ReadonlySet<string> = new Set([
  'title',
  'summary',
  'cost',
  'duration',
  'needs',
  'about',
  'keywords',
]);

/**
 * @param base the common texts of one language
 * @param own the city's, in the same language
 * @param all the city's, in every language: what it says itself in one, the common text of another would contradict
 * @param gone common texts of what is not there in this city
 * @param complete German has to say everything; another language says what was translated
 */
export function textsLaidOver<T extends TranslationFile>(
  base: Source<T>,
  own: Source<OverlayTexts> | undefined,
  all: readonly Source<OverlayTexts>[],
  gone: readonly (readonly string[])[],
  report: Report,
  complete: boolean,
): Source<T> {
  if (all.length === 0 && gone.length === 0) return base;
  const value = structuredClone(base.value) as unknown as Record<string, unknown>;
  const inlays: Inlay[] = [];
  for (const path of gone) remove(value, path);
  for (const other of all) {
    if (other === own) continue;
    for (const place of leavesOf(other.value).keys()) {
      const path = place.split('.');
      inlays.push({ at: path, source: other, from: path });
      if (path.length > 1 || !complete) remove(value, path);
      else if (own?.value[path[0] ?? ''] === undefined && NEEDED.has(path[0] ?? ''))
        report.add(other, path, `the city says \`${path[0]}\` itself, but not in ${base.file}`);
    }
  }
  for (const [place, said] of own ? leavesOf(own.value) : []) {
    const path = place.split('.');
    put(value, path, said);
    if (own) inlays.push({ at: path, source: own, from: path });
  }
  return layered(base, value as unknown as T, inlays);
}
