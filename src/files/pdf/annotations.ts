/** What stands on pages without belonging to them: notes, stamps, drawn signatures, fields of forms. */
import { type Dict, type Document, isDict, pagesOf, type Value } from './document.ts';
import { type Field, fieldOf, isWritable } from './fields.ts';

/** Flags of an annotation (ISO 32000-2, 12.5.3). */
const [INVISIBLE, HIDDEN, NO_VIEW] = [1, 2, 32];
/** They change nothing on a page: frames around links, and notes that open beside it, which no printer prints. */
const NOT_ON_THE_PAGE = new Set(['/Link', '/Popup', '/Text', '/TrapNet', '/PrinterMark']);
/** Whether an annotation brings along how it looks, in the state that it is in (12.5.5). */
function looksLikeSomething(annotation: Dict, { at, streamAt }: Document): boolean {
  const appearance = at(annotation['/AP']);
  const normal = isDict(appearance) ? appearance['/N'] : null;
  if (streamAt(normal)) return true;
  const states = at(normal);
  const state = at(annotation['/AS']);
  return isDict(states) && typeof state === 'string' && streamAt(states[state]) !== undefined;
}

/** A box that is ticked, and one of several that is chosen. */
function isOn(annotation: Dict, field: Field, { at }: Document): boolean {
  const state = at(annotation['/AS']);
  const appearance = at(annotation['/AP']);
  const states = isDict(appearance) ? at(appearance['/N']) : null;
  const value = state ?? field.own('/V');
  if (typeof value !== 'string' || value === '/Off') return false;
  return state !== null || !isDict(states) || states[value] !== undefined;
}

/** @returns whether a value stands in it that would not stand on the page that is written */
function losesValue(reference: Value, annotation: Dict, document: Document): boolean {
  const field = fieldOf(reference, document);
  const shown = looksLikeSomething(annotation, document);
  const kind = field.own('/FT');
  if (kind === '/Btn') return !shown && isOn(annotation, field, document);
  if (kind === '/Sig') return false;
  const value = field.own('/V');
  const values = Array.isArray(value) ? value : [value];
  if (values.every((one) => one === null || one === 'u:' || one === 'b:')) return false;
  const form = document.at(document.catalog['/AcroForm']);
  const anew = isDict(form) && document.at(form['/NeedAppearances']) === true;
  return anew ? !isWritable(field, annotation, form, document) : !shown;
}

function isLost(reference: Value, document: Document): boolean {
  const annotation = document.at(reference);
  if (!isDict(annotation)) return false;
  const flags = Number(document.at(annotation['/F']) ?? 0);
  if (flags & (HIDDEN | NO_VIEW)) return false;
  const kind = document.at(annotation['/Subtype']);
  if (typeof kind !== 'string' || NOT_ON_THE_PAGE.has(kind)) return false;
  if (kind === '/Widget') return losesValue(reference, annotation, document);
  return (flags & INVISIBLE) !== 0 || !looksLikeSomething(annotation, document);
}

/**
 * Whether something is seen on a page that would be missing or look otherwise once it is drawn onto it: a note or a
 * signature that each program draws in a way of its own, or a value in a field that cannot be set here as it was.
 */
export function losesSomething(document: Document, most: number): boolean {
  return pagesOf(document, most).some((page) => {
    const annotations = document.at(page['/Annots']);
    return Array.isArray(annotations) && annotations.some((one) => isLost(one, document));
  });
}
