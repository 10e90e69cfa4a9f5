import {
  type Dict,
  type Document,
  dictsIn,
  dictsOfNames,
  isDict,
  type Stream,
  type Value,
} from './document.ts';

/** Actions that run, send, fetch or play something (ISO 32000-2, 12.6.4). */
const RUNS = new Set([
  '/JavaScript',
  '/Launch',
  '/SubmitForm',
  '/ImportData',
  '/GoToE',
  '/Rendition',
  '/RichMediaExecute',
  '/GoTo3DView',
  '/Movie',
  '/Sound',
]);
/** What may happen by itself when a file or a page is opened: another place in the file is shown. */
const HARMLESS_BY_ITSELF = new Set(['/GoTo', '/Named']);
/** Annotations that play or run something (12.5.6). */
const PLAYS = new Set(['/Sound', '/Movie', '/Screen', '/RichMedia', '/3D']);

/** Structure elements have a `/S` of their own, which may be any word (14.7.2). */
const isAction = (dict: Dict): boolean =>
  typeof dict['/S'] === 'string' && dict['/Type'] !== '/StructElem' && dict['/Type'] !== '/RoleMap';

const runs = (dict: Dict): boolean => isAction(dict) && RUNS.has(String(dict['/S']));
const plays = (dict: Dict): boolean => dict['/Rect'] !== undefined && PLAYS.has(String(dict['/Subtype']));
const isXfa = (dict: Dict): boolean => dict['/XFA'] !== undefined && dict['/Fields'] !== undefined;

/** Whether something other than showing a place happens without anybody's press: `/OpenAction`, and all in `/AA`. */
function startsByItself(dict: Dict, { at }: Document): boolean {
  const triggered = at(dict['/AA']);
  const actions = [dict['/OpenAction'], ...(isDict(triggered) ? Object.values(triggered) : [])];
  return actions.map(at).some((action) => {
    for (let one = action, steps = 0; isDict(one); one = at(one['/Next']), steps += 1) {
      if (steps > 20) return true;
      if (isAction(one) && !HARMLESS_BY_ITSELF.has(String(one['/S']))) return true;
      if (Array.isArray(at(one['/Next']))) return true;
    }
    return false;
  });
}

/** XML beside the pages of an invoice (ZUGFeRD, Factur-X, XRechnung): data for programs, and no program. */
function isXmlFile(dict: Dict, { at }: Document): boolean {
  const names = [dict['/UF'], dict['/F']].filter((name) => name !== undefined);
  return names.length > 0 && names.every((name) => /\.xml$/i.test(String(at(name))));
}

/** Whether a file is attached that is more than data. Known by where it hangs, whatever type it names. */
const attaches = (dict: Dict, document: Document): boolean =>
  isDict(document.at(dict['/EF'])) && !isXmlFile(dict, document);

/** What is drawn is to be fetched from elsewhere (7.3.8.2), or a program for a printer (8.8). */
const drawsFromOutside = ({ dict }: Stream): boolean =>
  dict['/F'] !== undefined || dict['/Subtype'] === '/PS' || dict['/Subtype2'] === '/PS';

/**
 * Whether a file could do anything but show pages. Looks at every object, by its place and never by the mere word: a
 * title may well be "/JavaScript".
 */
export function isActive(document: Document): boolean {
  const { catalog, all, at } = document;
  const names = at(catalog['/Names']);
  const scripts = isDict(names) ? at(names['/JavaScript']) : null;
  if (isDict(scripts) && Object.keys(scripts).length > 0) return true;
  const described = new Set<Value>();
  const files: string[] = [];
  const chosen = dictsOfNames(document);
  for (const [reference, value] of all) {
    const stream = document.streamAt(reference);
    if (stream && drawsFromOutside(stream)) return true;
    for (const dict of dictsIn(value)) {
      // A font may well be called /AA or /EF.
      if (chosen.has(dict) && typeof dict['/Type'] !== 'string') continue;
      if (runs(dict) || plays(dict) || isXfa(dict)) return true;
      if (startsByItself(dict, document) || attaches(dict, document)) return true;
      const embedded = at(dict['/EF']);
      if (isDict(embedded)) for (const one of Object.values(embedded)) described.add(one);
    }
    if (isDict(value) && value['/Type'] === '/EmbeddedFile') files.push(reference);
  }
  return files.some((reference) => !described.has(reference));
}
