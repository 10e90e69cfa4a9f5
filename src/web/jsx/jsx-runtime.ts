/** JSX that becomes HTML text on the server. Escapes by default; has no way to write inline style or handlers. */
import { runsOf, withoutMarks } from '#language';
import type { Elements } from './elements.ts';
import { type Child, Html } from './html.ts';

export { type Child, Html } from './html.ts';

type Attributes = Record<string, unknown>;
const NOTHING = new Html('');
type Component<P> = (props: P) => Html | null;

const VOID = new Set(['area', 'base', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr']);
const URL_ATTRIBUTES = new Set(['href', 'src', 'action', 'formaction', 'poster']);
const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string) : text;
}

/** Marks text as HTML without escaping it. For texts made by this program only, never for what people typed. */
export function raw(text: string): Html {
  return new Html(text);
}

/** Elements with nothing but text in them: no part of it can say that it is another language. */
const TEXT_ONLY = new Set(['title', 'option', 'textarea', 'script', 'style']);

/** Where a word may break. */
const SOFT_HYPHEN = '\u00ad';
/** The style sheet draws it: then a word can break there and its name is still the word, for a screen reader and a search. */
const BREAK = '<span class="shy"></span>';

/** Text of an element in one language. */
function sayRun(text: string): string {
  const escaped = escapeHtml(text);
  return escaped.includes(SOFT_HYPHEN) ? escaped.replaceAll(SOFT_HYPHEN, BREAK) : escaped;
}

const withoutBreaks = (text: string): string =>
  text.includes(SOFT_HYPHEN) ? text.replaceAll(SOFT_HYPHEN, '') : text;

/** Half of the pair with which every mark of another language begins. */
const MARK = '\udb40';

/** Text of an element; what is said in another language than the page's says so. */
function sayText(text: string): string {
  if (!text.includes(MARK)) return sayRun(text);
  return runsOf(text)
    .map((run) =>
      run.lang === undefined
        ? sayRun(run.text)
        : `<span lang="${run.lang}" dir="${run.dir}">${sayRun(run.text)}</span>`,
    )
    .join('');
}

const sayPlainly = (text: string): string => escapeHtml(withoutBreaks(withoutMarks(text)));

function content(child: Child, say: (text: string) => string = sayText): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (child instanceof Html) return child.text;
  if (typeof child === 'string') return say(child);
  if (typeof child === 'number') return String(child);
  let all = '';
  for (const one of child) all += content(one, say);
  return all;
}

function safeUrl(value: string): string {
  // Browsers skip spaces and control characters inside a scheme; so does this.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[^!-\uffff]/g, ''))?.[1]?.toLowerCase();
  if (scheme === undefined || ['http', 'https', 'mailto', 'tel'].includes(scheme)) return value;
  if (scheme === 'data' && /^data:image\/(png|svg\+xml);/.test(value)) return value;
  throw new Error(`refusing a ${scheme}: address in HTML`);
}

/** Names that were looked at once: there are as many as the program's pages use. */
const CHECKED = new Set<string>();

function checkName(name: string): void {
  if (name === 'style' || /^on/i.test(name) || !/^[a-zA-Z][a-zA-Z0-9:-]*$/.test(name)) {
    throw new Error(`refusing the attribute ${name} in HTML`);
  }
  CHECKED.add(name);
}

function attributes(props: Attributes): string {
  let all = '';
  for (const name in props) {
    const value = props[name];
    if (name === 'children' || value === undefined || value === null || value === false) continue;
    if (!CHECKED.has(name)) checkName(name);
    if (value === true) all += ` ${name}`;
    else {
      const text = withoutBreaks(withoutMarks(String(value)));
      all += ` ${name}="${escapeHtml(URL_ATTRIBUTES.has(name) ? safeUrl(text) : text)}"`;
    }
  }
  return all;
}

/** The JSX factory: a tag name or a component with its properties becomes HTML. */
export function jsx<P extends Attributes>(type: string | Component<P>, props: P): Html {
  if (typeof type === 'function') return type(props) ?? NOTHING;
  const open = `<${type}${attributes(props)}`;
  if (VOID.has(type)) return new Html(`${open}>`);
  const { children } = props;
  // Nothing but one text in another language: the element itself says so.
  if (typeof children === 'string' && children.startsWith(MARK) && !('lang' in props || 'dir' in props)) {
    const [run, ...others] = runsOf(children);
    if (run?.lang !== undefined && others.length === 0)
      return new Html(`${open} lang="${run.lang}" dir="${run.dir}">${sayRun(run.text)}</${type}>`);
  }
  const inside = content(children as Child, TEXT_ONLY.has(type) ? sayPlainly : sayText);
  return new Html(`${open}>${inside}</${type}>`);
}
export const jsxs = jsx;

export function Fragment(props: { children?: Child }): Html {
  return new Html(content(props.children));
}

export declare namespace JSX {
  type Element = Html;
  interface ElementChildrenAttribute {
    children: unknown;
  }
  type IntrinsicElements = Elements;
}
