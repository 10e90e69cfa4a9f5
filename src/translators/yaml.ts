/** Texts put into a YAML file: whatever is not meant stays as it is written there, with its comments. */
import { type Pair as Entry, isMap, isScalar, isSeq, parseDocument, stringify, type YAMLMap } from 'yaml';
import { type Pair, seenFile } from '#language';
import { isGroup } from '#source';

type Tree = { [key: string]: string | readonly string[] | Tree };
type EntryOf = Entry<unknown, unknown>;

/** A part of the file that is replaced; nothing, where something is put in. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

const isTree = (value: unknown): value is Tree => isGroup(value);

/** The texts meant, in the shape and order of the German. */
function shaped(german: Tree, texts: ReadonlyMap<string, string>, at = ''): Tree {
  const found: [string, Tree[string]][] = [];
  for (const [key, value] of Object.entries(german)) {
    if (isTree(value)) {
      const inner = shaped(value, texts, `${at}${key}.`);
      if (Object.keys(inner).length > 0) found.push([key, inner]);
      continue;
    }
    const text = texts.get(at + key);
    if (text === undefined) continue;
    const lines = () => text.split('\n').map((line) => line.trim());
    found.push([key, Array.isArray(value) ? lines().filter((line) => line !== '') : text]);
  }
  return Object.fromEntries(found);
}

const rendered = (tree: Tree, indent: number): string =>
  stringify(tree, { lineWidth: 0 }).replace(/^(?=.)/gm, ' '.repeat(indent));

/** Where the last thing that belongs to a value ends: blank lines and comments after it belong to what follows. */
function endOf(node: unknown): number | undefined {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1) as unknown;
    const inner = isMap(node) ? endOf((last as EntryOf | undefined)?.value) : endOf(last);
    if (inner !== undefined) return inner;
  }
  return (node as { range?: [number, number, number] } | null)?.range?.[1];
}

const keyOf = (entry: EntryOf): unknown => (isScalar(entry.key) ? entry.key.value : undefined);
const startOf = (entry: EntryOf): number => (isScalar(entry.key) ? (entry.key.range?.[0] ?? 0) : 0);

class Editor {
  readonly edits: Edit[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** @param order names as German has them, so that a new text stands where its German stands */
  put(map: YAMLMap<unknown, unknown>, tree: Tree, order: Tree): void {
    const entries = map.items as EntryOf[];
    const indent = this.#columnOf(entries[0]);
    let before: EntryOf | undefined;
    let missing: Tree = {};
    const insert = (): void => {
      if (Object.keys(missing).length > 0) this.#insert(missing, before, entries[0], indent);
      missing = {};
    };
    for (const key of Object.keys(order)) {
      const entry = entries.find((one) => keyOf(one) === key);
      const wanted = tree[key];
      if (entry) {
        insert();
        before = entry;
        if (wanted !== undefined) this.#change(entry, key, wanted, order[key], indent);
      } else if (wanted !== undefined) missing[key] = wanted;
    }
    insert();
  }

  #change(entry: EntryOf, key: string, wanted: Tree[string], order: unknown, indent: number): void {
    const { value } = entry;
    if (isTree(wanted) && isMap(value) && !value.flow && value.items.length > 0 && isTree(order)) {
      this.put(value, wanted, order);
      return;
    }
    const whole = isTree(wanted) && isMap(value) ? merged(value.toJSON() as Tree, wanted, order) : wanted;
    const from = startOf(entry);
    const to = endOf(value) ?? this.#lineEnd(from);
    const text = rendered({ [key]: whole }, indent).trimStart();
    this.edits.push({ from, to, text: this.#text[to - 1] === '\n' ? text : text.trimEnd() });
  }

  #insert(tree: Tree, before: EntryOf | undefined, first: EntryOf | undefined, indent: number): void {
    const text = rendered(tree, indent);
    if (!before) {
      const at = this.#lineStart(first ? startOf(first) : this.#text.length);
      this.edits.push({ from: at, to: at, text });
      return;
    }
    const end = endOf(before.value) ?? this.#lineEnd(startOf(before));
    const at = this.#text[end - 1] === '\n' ? end : this.#lineEnd(end);
    const isOpen = at > 0 && this.#text[at - 1] !== '\n';
    this.edits.push({ from: at, to: at, text: isOpen ? `\n${text.trimEnd()}` : text });
  }

  #columnOf(entry: EntryOf | undefined): number {
    return entry ? startOf(entry) - this.#lineStart(startOf(entry)) : 0;
  }

  #lineStart(at: number): number {
    return this.#text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Behind the end of the line. */
  #lineEnd(at: number): number {
    const end = this.#text.indexOf('\n', at);
    return end < 0 ? this.#text.length : end + 1;
  }

  done(): string {
    const ordered = this.edits.map((edit, index) => ({ ...edit, index }));
    ordered.sort((one, other) => other.from - one.from || other.index - one.index);
    let text = this.#text;
    for (const { from, to, text: put } of ordered) text = text.slice(0, from) + put + text.slice(to);
    return text;
  }
}

function merged(there: Tree, wanted: Tree, order: unknown): Tree {
  const names = new Set([...(isTree(order) ? Object.keys(order) : []), ...Object.keys(there)]);
  return Object.fromEntries(
    [...names].flatMap((key) => {
      const [old, own] = [there[key], wanted[key]];
      const value =
        isTree(old) && isTree(own) ? merged(old, own, isTree(order) ? order[key] : {}) : (own ?? old);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/**
 * @param german the German file
 * @param own the translation as it stands there; undefined where there is none yet
 * @param texts what it says from now on, by place: `pages.what.title`; a list as its lines
 * @returns the translation with these texts, in the order of the German
 * @throws Error when the translation cannot be read
 */
export function withTexts(
  german: string,
  own: string | undefined,
  texts: ReadonlyMap<string, string>,
): string {
  const order = (parseDocument(german).toJS() ?? {}) as Tree;
  const tree = shaped(order, texts);
  const text = own ?? '';
  const { contents, errors } = parseDocument(text);
  const [wrong] = errors;
  if (wrong) throw new Error(`is not valid YAML: ${wrong.message}`);
  if (!isMap(contents)) return text.replace(/(?<=[^\n])$/, '\n') + rendered(tree, 0);
  if (contents.flow || contents.items.length === 0)
    return rendered(merged(contents.toJSON() as Tree, tree, order), 0);
  const editor = new Editor(text);
  editor.put(contents, tree, order);
  return editor.done();
}

/** @returns the file that remembers a translation, with what is remembered of some texts from now on */
export function withSeen({ source, own, grouped }: Pair, entries: ReadonlyMap<string, string>): string {
  const seen = [...source.keys()].flatMap((name) => {
    const entry = entries.get(name) ?? own.seen.get(name);
    return entry === undefined ? [] : [[name, entry] as const];
  });
  return seenFile(new Map(seen), grouped);
}
