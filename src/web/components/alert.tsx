import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

export type Tone = 'info' | 'success' | 'warning' | 'error';
const KERN: Record<Tone, string> = { info: 'info', success: 'success', warning: 'warning', error: 'danger' };

/** A message that stands out: tone by picture, words and colour together. */
export function Alert(props: {
  tone?: Tone | undefined;
  title: string;
  children?: Child;
  live?: boolean;
  id?: string | undefined;
  /** Gets the focus when the page has loaded; stands in an `am-errors` for that. */
  focus?: boolean;
}): Html {
  const tone = props.tone ?? 'info';
  const role = props.live ? (tone === 'error' ? 'alert' : 'status') : undefined;
  return (
    <div
      class={`kern-alert kern-alert--${KERN[tone]}${props.focus ? ' error-summary' : ''}`}
      role={role}
      id={props.id}
      tabindex={props.focus ? -1 : undefined}
    >
      <div class="kern-alert__header">
        <Pictogram id={tone} />
        <p class="kern-title">{props.title}</p>
      </div>
      {props.children === undefined ? undefined : <div class="kern-alert__body">{props.children}</div>}
    </div>
  );
}

/** @returns the id of a form field's element: letters, digits and hyphens only */
export function fieldId(name: string): string {
  return `f-${name.replace(/[^A-Za-z0-9]+/g, '-').replace(/-+$/, '')}`;
}

/** What is wrong with a field, in words and with a mark; stands between its label and it. */
export function ErrorText(props: { id: string; code: string; children?: Child }): Html {
  return (
    <p class="kern-error" id={props.id} data-error={props.code}>
      <Pictogram id="error" />
      <span>{props.children}</span>
    </p>
  );
}

/** All errors of a page at its top; each leads to its field. Gets the focus when the page has loaded. */
export function ErrorSummary(props: {
  title: string;
  errors: readonly { field: string; text: string }[];
}): Html | null {
  if (props.errors.length === 0) return null;
  return (
    <am-errors>
      <div class="kern-alert kern-alert--danger error-summary" role="alert" tabindex={-1} id="errors">
        <div class="kern-alert__header">
          <Pictogram id="error" />
          <h2 class="kern-title">{props.title}</h2>
        </div>
        <ul class="kern-alert__body">
          {props.errors.map((error) => (
            <li>
              <a href={`#${fieldId(error.field)}`}>{error.text}</a>
            </li>
          ))}
        </ul>
      </div>
    </am-errors>
  );
}
