/** JSX that becomes HTML text on the server. Escapes by default; has no way to write inline style or handlers. */
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

function content(child: Child): string {
  if (child === null || child === undefined || typeof child === 'boolean') return '';
  if (child instanceof Html) return child.text;
  if (typeof child === 'string') return escapeHtml(child);
  if (typeof child === 'number') return String(child);
  let all = '';
  for (const one of child) all += content(one);
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
    else all += ` ${name}="${escapeHtml(URL_ATTRIBUTES.has(name) ? safeUrl(String(value)) : String(value))}"`;
  }
  return all;
}

/** The JSX factory: a tag name or a component with its properties becomes HTML. */
export function jsx<P extends Attributes>(type: string | Component<P>, props: P): Html {
  if (typeof type === 'function') return type(props) ?? NOTHING;
  const open = `<${type}${attributes(props)}>`;
  return new Html(VOID.has(type) ? open : `${open}${content(props.children as Child)}</${type}>`);
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
