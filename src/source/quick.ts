/**
 * A quick reader for the everyday part of YAML: block and flow collections, one-line plain and quoted scalars, simple block
 * scalars, comments. It is about forty times as fast as a full parser that keeps positions, and it gives up on anything unusual
 * (anchors, tags, several documents, scalars over several lines, errors), so that the full parser decides and explains.
 */
import { fold, GIVE_UP, giveUp, isEscaped, resolve } from './scalars.ts';

const UNUSUAL = /[\t\r\uFEFF\u0085\u2028\u2029]|^(?:---|\.\.\.|%)/m;
const NOT_PLAIN = new Set(',[]{}#&*!|>\'"%@`');

class QuickReader {
  readonly #text: string;
  /** Start offset and indentation of each line; a line that opens a nested collection gets its column as indentation. */
  readonly #starts: number[] = [];
  readonly #indents: number[] = [];
  #line = 0;

  constructor(text: string) {
    this.#text = text;
    let start = 0;
    while (start <= text.length) {
      const end = text.indexOf('\n', start);
      let indent = start;
      while (text.charCodeAt(indent) === 32) indent += 1;
      this.#starts.push(start);
      this.#indents.push(indent - start);
      if (end < 0) break;
      start = end + 1;
    }
    this.#starts.push(text.length + 1);
  }

  read(): unknown {
    if (!this.#more()) return null;
    const value = this.#block(0);
    return this.#more() ? giveUp() : value;
  }

  #startOf(line: number): number {
    return this.#starts[line] ?? giveUp();
  }

  #endOf(line: number): number {
    return this.#startOf(line + 1) - 1;
  }

  /** Moves to the next line with content. */
  #more(): boolean {
    for (; this.#line < this.#indents.length; this.#line += 1) {
      const at = this.#position();
      if (at < this.#endOf(this.#line) && this.#text[at] !== '#') return true;
    }
    return false;
  }

  #indent(): number {
    return this.#indents[this.#line] ?? -1;
  }

  #position(): number {
    return this.#startOf(this.#line) + this.#indent();
  }

  #isDash(at: number): boolean {
    const next = this.#text[at + 1];
    return this.#text[at] === '-' && (next === ' ' || next === '\n' || next === undefined);
  }

  #block(parent: number): unknown {
    const at = this.#position();
    if (this.#isDash(at)) return this.#sequence(this.#indent());
    if (this.#colonAfterKey(at) >= 0) return this.#mapping(this.#indent());
    return this.#inline(at, parent - 1);
  }

  #sequence(indent: number): unknown[] {
    const items: unknown[] = [];
    while (this.#more() && this.#indent() === indent && this.#isDash(this.#position())) {
      let at = this.#position() + 1;
      const end = this.#endOf(this.#line);
      while (at < end && this.#text[at] === ' ') at += 1;
      if (at >= end || this.#text[at] === '#') {
        this.#line += 1;
        items.push(this.#more() && this.#indent() > indent ? this.#block(indent + 1) : null);
      } else if (this.#isDash(at) || this.#colonAfterKey(at) >= 0) {
        this.#indents[this.#line] = at - this.#startOf(this.#line);
        items.push(this.#block(indent + 1));
      } else items.push(this.#inline(at, indent));
    }
    if (this.#line < this.#indents.length && this.#indent() > indent) giveUp();
    return items;
  }

  #mapping(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    while (this.#more() && this.#indent() === indent) {
      const start = this.#position();
      if (this.#isDash(start)) break;
      const colon = this.#colonAfterKey(start);
      if (colon < 0) giveUp();
      const key = this.#key(start, colon, map);
      let at = colon + 1;
      const end = this.#endOf(this.#line);
      while (at < end && this.#text[at] === ' ') at += 1;
      map[key] = at < end && this.#text[at] !== '#' ? this.#inline(at, indent) : this.#below(indent);
    }
    if (this.#line < this.#indents.length && this.#indent() > indent) giveUp();
    return map;
  }

  /** The value of a key that stands on the lines below it. */
  #below(indent: number): unknown {
    this.#line += 1;
    if (!this.#more()) return null;
    if (this.#indent() > indent) return this.#block(indent + 1);
    return this.#indent() === indent && this.#isDash(this.#position()) ? this.#sequence(indent) : null;
  }

  /** @returns the offset of the colon when a key starts here, else -1 */
  #colonAfterKey(start: number): number {
    const text = this.#text;
    const end = this.#endOf(this.#line);
    const first = text[start];
    if (first === '"' || first === "'") {
      const [, after] = this.#quoted(start);
      return text[after] === ':' && (after + 1 >= end || text[after + 1] === ' ') ? after : -1;
    }
    if (first === undefined || NOT_PLAIN.has(first)) return -1;
    for (let at = text.indexOf(':', start); at >= 0 && at < end; at = text.indexOf(':', at + 1)) {
      if (at + 1 < end && text[at + 1] !== ' ') continue;
      return text.slice(start, at).includes(' #') ? -1 : at;
    }
    return -1;
  }

  #key(start: number, colon: number, map: Record<string, unknown>): string {
    const first = this.#text[start];
    const quoted = first === '"' || first === "'";
    const key = quoted ? this.#quoted(start)[0] : this.#plainKey(this.#text.slice(start, colon).trimEnd());
    if (key === '__proto__' || Object.hasOwn(map, key)) giveUp();
    return key;
  }

  #plainKey(text: string): string {
    if (text === '' || text === '?' || text.startsWith('? ')) giveUp();
    const value = resolve(text);
    return typeof value === 'string' || String(value) === text ? text : giveUp();
  }

  /** A value that starts on the current line; leaves the reader on the line after it. */
  #inline(at: number, parent: number): unknown {
    const first = this.#text[at];
    if (first === '|' || first === '>') return this.#blockScalar(at, parent);
    let value: unknown;
    if (first === '"' || first === "'" || first === '[' || first === '{') {
      const [read, after] = first === '"' || first === "'" ? this.#quoted(at) : this.#flow(at, parent, 0);
      this.#demandEnd(after);
      value = read;
    } else value = this.#plain(at);
    this.#line += 1;
    // Deeper lines would continue the scalar.
    if (this.#more() && this.#indent() > parent) giveUp();
    return value;
  }

  #plain(at: number): unknown {
    const text = this.#text;
    const first = text[at] ?? '';
    const second = text[at + 1] ?? ' ';
    if (NOT_PLAIN.has(first)) giveUp();
    if ((first === '-' || first === '?' || first === ':') && (second === ' ' || second === '\n')) giveUp();
    let plain = text.slice(at, this.#endOf(this.#line));
    const comment = plain.indexOf(' #');
    if (comment >= 0) plain = plain.slice(0, comment);
    plain = plain.trimEnd();
    return plain.includes(': ') || plain.endsWith(':') ? giveUp() : resolve(plain);
  }

  /** Only spaces or a comment may follow; moves to the line where the value ended. */
  #demandEnd(after: number): void {
    while (after > this.#endOf(this.#line)) this.#line += 1;
    const rest = this.#text.slice(after, this.#endOf(this.#line));
    if (rest.trim() !== '' && !/^ +#/.test(rest)) giveUp();
  }

  #quoted(start: number): [string, number] {
    const text = this.#text;
    const quote = text[start] ?? '';
    let end = text.indexOf(quote, start + 1);
    for (; end >= 0; end = text.indexOf(quote, end + 1)) {
      if (quote === "'" && text[end + 1] === "'") end += 1;
      else if (quote === "'" || !isEscaped(text, end)) break;
    }
    if (end < 0) giveUp();
    const inner = text.slice(start + 1, end);
    if (inner.includes('\n')) giveUp();
    if (quote === "'") return [inner.replaceAll("''", "'"), end + 1];
    if (!inner.includes('\\')) return [inner, end + 1];
    try {
      const value: unknown = JSON.parse(`"${inner}"`);
      return [typeof value === 'string' ? value : giveUp(), end + 1];
    } catch {
      return giveUp();
    }
  }

  #blockScalar(at: number, parent: number): string {
    const header = this.#text.slice(at, this.#endOf(this.#line));
    if (!/^[|>]-?$/.test(header)) giveUp();
    this.#line += 1;
    const indent = this.#indent();
    if (indent <= parent || this.#position() >= this.#endOf(this.#line)) giveUp();
    const lines: string[] = [];
    for (; this.#line < this.#indents.length; this.#line += 1) {
      const start = this.#startOf(this.#line);
      const end = this.#endOf(this.#line);
      if (start + this.#indent() >= end) lines.push(end - start > indent ? giveUp() : '');
      else if (this.#indent() < indent) break;
      else lines.push(this.#text.slice(start + indent, end));
    }
    if (this.#line < this.#indents.length && this.#indent() > parent) giveUp();
    while (lines.at(-1) === '') lines.pop();
    const text = header[0] === '|' ? lines.join('\n') : fold(lines);
    return header.endsWith('-') ? text : `${text}\n`;
  }

  #flow(start: number, parent: number, depth: number): [unknown, number] {
    if (depth > 30) giveUp();
    const text = this.#text;
    const isMap = text[start] === '{';
    const close = isMap ? '}' : ']';
    const map: Record<string, unknown> = {};
    const list: unknown[] = [];
    let at = this.#skip(start + 1, parent);
    while (text[at] !== close) {
      if (isMap) {
        const [key, afterKey, quoted] = this.#flowScalar(at);
        const name = quoted ? String(key) : this.#plainKey(text.slice(at, afterKey).trimEnd());
        const colon = this.#skip(afterKey, parent);
        if (text[colon] !== ':' || name === '__proto__' || Object.hasOwn(map, name)) giveUp();
        [map[name], at] = this.#flowValue(this.#skip(colon + 1, parent), parent, depth);
      } else {
        const [value, after] = this.#flowValue(at, parent, depth);
        list.push(value);
        at = after;
      }
      at = this.#skip(at, parent);
      if (text[at] === ',') {
        at = this.#skip(at + 1, parent);
        if (text[at] === ',') giveUp();
      } else if (text[at] !== close) giveUp();
    }
    return [isMap ? map : list, at + 1];
  }

  #flowValue(at: number, parent: number, depth: number): [unknown, number] {
    const first = this.#text[at];
    if (first === '{' || first === '[') return this.#flow(at, parent, depth + 1);
    const [value, after] = this.#flowScalar(at);
    return [value, after];
  }

  #flowScalar(at: number): [unknown, number, boolean] {
    const text = this.#text;
    const first = text[at] ?? giveUp();
    if (first === '"' || first === "'") return [...this.#quoted(at), true];
    if (NOT_PLAIN.has(first) || first === '?' || first === ':' || first === '\n') giveUp();
    if (first === '-' && /[\s,[\]{}]/.test(text[at + 1] ?? ' ')) giveUp();
    let end = at;
    for (; end < text.length; end += 1) {
      const char = text[end] ?? '';
      if (char === ',' || char === ']' || char === '}' || char === '\n') break;
      if (char === '[' || char === '{' || (char === '#' && text[end - 1] === ' ')) giveUp();
      if (char === ':' && /[\s,[\]{}]/.test(text[end + 1] ?? ' ')) break;
    }
    return [resolve(text.slice(at, end).trimEnd()), end, false];
  }

  /** Over spaces, line ends and comments inside a flow collection. */
  #skip(at: number, parent: number): number {
    const text = this.#text;
    for (;;) {
      const char = text[at];
      if (char === undefined) giveUp();
      if (char === '\n') {
        let content = at + 1;
        while (text[content] === ' ') content += 1;
        if (text[content] !== '\n' && content - at - 1 <= parent) giveUp();
      } else if (char === '#') {
        if (text[at - 1] !== ' ' && text[at - 1] !== '\n') giveUp();
        const end = text.indexOf('\n', at);
        at = end < 0 ? giveUp() : end;
        continue;
      } else if (char !== ' ') return at;
      at += 1;
    }
  }
}

/**
 * @param text YAML
 * @returns the value in a box, or undefined when the text needs the full parser
 */
export function readQuickly(text: string): { value: unknown } | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return { value: new QuickReader(text).read() };
  } catch (error) {
    if (error === GIVE_UP) return undefined;
    throw error;
  }
}
