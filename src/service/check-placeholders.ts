/** Whether something stands for each placeholder, where it stands. */
import { hint, type Source, type SourcePath } from '#source';
import { isOfCity } from './here.ts';
import type { Pages } from './pages.ts';
import { placeholdersOf } from './placeholders.ts';
import type { Report } from './report.ts';
import type { ServiceFile, TextsFile, TranslationFile } from './schema.ts';

/** Complains about placeholders that nothing stands for, that are not answered yet, or that a paper may not have. */
export function checkPlaceholders(
  file: ServiceFile,
  source: Source<TextsFile | TranslationFile>,
  pages: Pages,
  report: Report,
): void {
  const path: (string | number)[] = [];
  const check = (text: string): void => {
    for (const name of placeholdersOf(text)) {
      // What the city is called is known where a city is.
      if (isOfCity(name)) continue;
      const found = pages.conditions.name(name.split('.')[0] ?? '');
      if (!found) {
        const close = hint(name, pages.conditions.names());
        const message = `unknown placeholder \`{${name}}\`: there is no such question or computed value.${close}`;
        report.add(source, [...path], message);
      } else if (found.page > lastPage(path, pages)) {
        const asked = file.pages[found.page]?.id;
        const message = `placeholder \`{${name}}\` is not known on this page yet: it is asked on page \`${asked}\``;
        report.add(source, path, message);
      } else if (onOfficialPaper(file, path)) {
        const message = `\`{${name}}\` cannot stand here: a paper that the office issues names answers in its \`fields:\` only, where a clerk can correct them`;
        report.add(source, [...path], message);
      }
    }
  };
  const visit = (value: unknown): void => {
    if (typeof value === 'string') {
      if (value.includes('{')) check(value);
      return;
    }
    if (Array.isArray(value)) value.forEach(step);
    else for (const key of Object.keys(value ?? {})) step((value as Record<string, unknown>)[key], key);
  };
  const step = (value: unknown, key: string | number): void => {
    path.push(key);
    visit(value);
    path.pop();
  };
  visit(source.value);
}

/** Words of a paper that is issued after it was compared and corrected. */
function onOfficialPaper({ result }: ServiceFile, [part, key]: SourcePath): boolean {
  return (
    result?.document?.decided === true && part === 'result' && (key === 'document' || key === 'documentText')
  );
}

/** The last page (by position) whose answers a text can show. */
function lastPage(path: SourcePath, pages: Pages): number {
  const [part, key, what] = path;
  if (part === 'pages') return (pages.pages.find((page) => page.id === key)?.index ?? pages.pages.length) - 1;
  if (part === 'questions') {
    const name = pages.conditions.name(String(key).split('.')[0] ?? '');
    const page = name?.page ?? pages.pages.length;
    return what === 'errors' ? page : page - 1;
  }
  // What is worked out stands below the page that completes it.
  if (part === 'computed') return pages.conditions.name(String(key))?.page ?? -1;
  return part === 'result' || part === 'states' ? pages.pages.length : -1;
}
