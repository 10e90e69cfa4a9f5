/** Which elements and attributes pages may use. No `style`, no `on*`: the type checker refuses them. */
import type { Child } from './html.ts';

type Text = string | number | undefined;
type Flag = boolean | undefined;

interface Global {
  children?: Child;
  id?: Text;
  class?: string | undefined;
  lang?: string | undefined;
  dir?: 'ltr' | 'rtl' | 'auto' | undefined;
  title?: string | undefined;
  hidden?: Flag;
  role?: string | undefined;
  tabindex?: number | undefined;
  translate?: 'yes' | 'no' | undefined;
  inputmode?: string | undefined;
  slot?: string | undefined;
  [data: `data-${string}`]: Text | Flag;
  [aria: `aria-${string}`]: Text | Flag;
}

interface Field extends Global {
  name?: string | undefined;
  required?: Flag;
  disabled?: Flag;
  readonly?: Flag;
  autofocus?: Flag;
  autocomplete?: string | undefined;
  form?: string | undefined;
}

interface Input extends Field {
  type: string;
  value?: Text;
  checked?: Flag;
  placeholder?: string | undefined;
  min?: Text;
  max?: Text;
  step?: Text;
  maxlength?: number | undefined;
  minlength?: number | undefined;
  size?: number | undefined;
  pattern?: string | undefined;
  list?: string | undefined;
  accept?: string | undefined;
  capture?: 'environment' | undefined;
  multiple?: Flag;
  spellcheck?: 'true' | 'false' | undefined;
}

interface Svg extends Global {
  viewBox?: string;
  width?: Text;
  height?: Text;
  fill?: string;
  stroke?: string;
  'stroke-width'?: Text;
  'stroke-linecap'?: string;
  'stroke-linejoin'?: string;
  'shape-rendering'?: 'crispEdges';
  xmlns?: string;
  focusable?: 'false';
  d?: string;
  cx?: Text;
  cy?: Text;
  r?: Text;
  x?: Text;
  y?: Text;
  x1?: Text;
  y1?: Text;
  x2?: Text;
  y2?: Text;
  rx?: Text;
  ry?: Text;
  points?: string;
  transform?: string;
  href?: string;
}

type Plain =
  | 'head'
  | 'body'
  | 'header'
  | 'footer'
  | 'main'
  | 'nav'
  | 'section'
  | 'article'
  | 'aside'
  | 'div'
  | 'span'
  | 'p'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'ul'
  | 'dl'
  | 'dt'
  | 'dd'
  | 'strong'
  | 'em'
  | 'small'
  | 'b'
  | 'i'
  | 'mark'
  | 'abbr'
  | 'figure'
  | 'figcaption'
  | 'summary'
  | 'legend'
  | 'table'
  | 'thead'
  | 'tbody'
  | 'tfoot'
  | 'tr'
  | 'caption'
  | 'noscript'
  | 'pre'
  | 'code'
  | 'kbd'
  | 'hgroup'
  | 'search'
  | 'address'
  | 'bdi'
  | 'wbr'
  | 'br'
  | 'hr'
  | 'sup'
  | 'sub';
type Shape =
  | 'svg'
  | 'g'
  | 'path'
  | 'circle'
  | 'rect'
  | 'line'
  | 'polyline'
  | 'polygon'
  | 'ellipse'
  | 'use'
  | 'symbol'
  | 'defs'
  | 'text';
/** Islands are custom elements; their names start with `am-`. */
type Island = `am-${string}`;

export type Elements = { [tag in Plain]: Global } & { [tag in Shape]: Svg } & {
  [tag in Island]: Global & { [name: string]: unknown };
} & {
  html: Global;
  title: { children: Child };
  meta: { charset?: string; name?: string; content?: string; 'http-equiv'?: string; property?: string };
  link: {
    rel: string;
    href: string;
    as?: string;
    type?: string;
    crossorigin?: string;
    media?: string;
    sizes?: string;
  };
  script: { src: string; type?: 'module'; defer?: boolean; children?: never };
  a: Global & {
    href: string;
    target?: string | undefined;
    rel?: string | undefined;
    download?: string | boolean | undefined;
  };
  img: Global & { src: string; alt: string; width?: Text; height?: Text; loading?: 'lazy' | undefined };
  form: Global & {
    method: 'get' | 'post';
    action: string;
    enctype?: 'multipart/form-data' | undefined;
    novalidate?: Flag;
    autocomplete?: string;
  };
  input: Input;
  button: Field & {
    type: 'submit' | 'button' | 'reset';
    value?: Text;
    formaction?: string;
    formnovalidate?: Flag;
    popovertarget?: string;
  };
  select: Field & { multiple?: Flag; size?: number };
  option: Global & { value: Text; selected?: Flag; disabled?: Flag };
  optgroup: Global & { label: string };
  textarea: Field & {
    rows?: number;
    cols?: number;
    maxlength?: number | undefined;
    placeholder?: string | undefined;
  };
  datalist: Global;
  label: Global & { for?: string };
  fieldset: Field;
  output: Global & { for?: string; name?: string };
  progress: Global & { value?: Text; max?: Text };
  meter: Global & { value?: Text; min?: Text; max?: Text };
  details: Global & { open?: Flag; name?: string };
  dialog: Global & { open?: Flag };
  time: Global & { datetime: string };
  ol: Global & { start?: number; reversed?: Flag };
  li: Global & { value?: number };
  th: Global & { scope?: 'col' | 'row' | undefined; colspan?: number; rowspan?: number };
  td: Global & { colspan?: number; rowspan?: number };
  col: Global & { span?: number };
  colgroup: Global & { span?: number };
};
