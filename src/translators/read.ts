/** XLIFF 1.2 as translators' tools write it. It comes from outside: nothing is expanded, and its size and depth are bounded. */
import { type Language, SOURCE } from '#language';
import { attributeOf, childrenOf, isElement, isNamed, readXml, XmlError } from '#xml';
import { isTagOf, type State, stateOf, XLIFF, XliffError } from './names.ts';

/** Twenty times what all texts of an office take. */
const MOST_SIGNS = 20_000_000;
/** Files, groups, units and marks within texts; real ones stand in ten. */
const MOST_DEPTH = 40;

/** One text as it came back. */
export interface Unit {
  /** Line of the XLIFF file. */
  line: number;
  name: string;
  /** The German that it was translated from. */
  source: string;
  /** Undefined where nothing was translated. */
  target: string | undefined;
  state: State;
  /** What remembers both texts as they were sent out, where a tool has kept it. */
  sent: string | undefined;
}

/** The units of one YAML file. */
export interface UnitFile {
  line: number;
  /** Its path from the program's folder, as it was sent out. */
  original: string;
  units: readonly Unit[];
}

const lineOf = (element: Element): number => (element as Element & { lineNumber?: number }).lineNumber ?? 1;

/** Elements that stand for something in the text, with what it is. */
const STANDS_FOR: readonly string[] = ['x', 'bx', 'ex', 'ph', 'bpt', 'ept', 'it'];
/** Elements that mark a part of the text. */
const AROUND: readonly string[] = ['mrk', 'g'];

function textIn(element: Element): string {
  return Array.from(element.childNodes)
    .map((node) => {
      if (!isElement(node)) return node.nodeType === 3 || node.nodeType === 4 ? (node.nodeValue ?? '') : '';
      const name = node.localName;
      if (AROUND.includes(name)) return textIn(node);
      const text = STANDS_FOR.includes(name) ? (attributeOf(node, 'equiv-text') ?? textIn(node)) : '';
      if (text !== '') return text;
      throw new XliffError(`line ${lineOf(node)}: nobody can tell what <${name}> in the text stands for`);
    })
    .join('')
    .replace(/\r\n?/g, '\n');
}

function unitOf(element: Element): Unit {
  const name = attributeOf(element, 'id');
  const [source, ...others] = childrenOf(element, XLIFF, 'source');
  const [target, ...more] = childrenOf(element, XLIFF, 'target');
  if (name === undefined || !source || others.length + more.length > 0)
    throw new XliffError(
      `line ${lineOf(element)}: a <trans-unit> has an id, one <source> and at most one <target>`,
    );
  const said = {
    approved: attributeOf(element, 'approved'),
    state: target && attributeOf(target, 'state'),
    qualifier: target && attributeOf(target, 'state-qualifier'),
  };
  return {
    ...{ line: lineOf(element), name, source: textIn(source) },
    target: target && textIn(target),
    state: stateOf(said),
    sent: attributeOf(element, 'extradata'),
  };
}

function fileOf(element: Element, language: Language): UnitFile {
  const [line, original] = [lineOf(element), attributeOf(element, 'original') ?? ''];
  const [from, to] = ['source-language', 'target-language'].map((name) => attributeOf(element, name));
  if (from === undefined || !isTagOf(SOURCE, from))
    throw new XliffError(`line ${line}: is translated from ${from ?? 'no language'}, not from ${SOURCE}`);
  if (to === undefined || !isTagOf(language, to))
    throw new XliffError(`line ${line}: is translated into ${to ?? 'no language'}, not into ${language}`);
  const units = Array.from(element.getElementsByTagNameNS(XLIFF, 'trans-unit')).map(unitOf);
  return { line, original, units };
}

/**
 * @param text an XLIFF file
 * @param language what it has to be translated into
 * @throws XliffError in words when it is none, or one for something else
 */
export function readXliff(text: string, language: Language): UnitFile[] {
  if (text.length > MOST_SIGNS) throw new XliffError(`is longer than ${MOST_SIGNS} signs`);
  const root = rootOf(text.replace(/^\uFEFF/, ''));
  if (!isNamed(root, XLIFF, 'xliff') || attributeOf(root, 'version') !== '1.2')
    throw new XliffError(`is no XLIFF 1.2 (${root.localName} ${attributeOf(root, 'version') ?? ''})`);
  return childrenOf(root, XLIFF, 'file').map((file) => fileOf(file, language));
}

function rootOf(text: string): Element {
  try {
    return readXml(text, MOST_DEPTH);
  } catch (error) {
    if (error instanceof XmlError) throw new XliffError(`cannot be read: ${error.message}`);
    throw error;
  }
}
