import { softHyphens } from '../hyphens.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

/** primary: the one next step; secondary: another way; quiet: small things; danger: cannot be undone. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

const CLASSES: Record<ButtonKind, string> = {
  primary: 'kern-btn kern-btn--primary',
  secondary: 'kern-btn kern-btn--secondary',
  quiet: 'kern-btn kern-btn--tertiary',
  danger: 'kern-btn kern-btn--secondary danger',
};

interface Look {
  kind?: ButtonKind | undefined;
  /** Before the words; `forward` and `portal` stand behind them. */
  pictogram?: string | undefined;
  wide?: boolean | undefined;
  /** On a layer: leads back to the page below. */
  close?: boolean | undefined;
  /** Words for screen readers only, after the visible ones: which thing the button belongs to. */
  about?: string | undefined;
  children?: Child;
}

function inside(props: Look): Html {
  const behind = props.pictogram === 'forward' || props.pictogram === 'portal';
  const icon = props.pictogram === undefined ? undefined : <Pictogram id={props.pictogram} />;
  return (
    <>
      {behind ? undefined : icon}
      <span class="kern-label">
        {typeof props.children === 'string' ? softHyphens(props.children) : props.children}
        {props.about === undefined ? undefined : <span class="kern-sr-only"> {props.about}</span>}
      </span>
      {behind ? icon : undefined}
    </>
  );
}

function classes(props: Look): string {
  return `${CLASSES[props.kind ?? 'primary']}${props.wide ? ' kern-btn--block' : ''}`;
}

/** A button of a form; without `type` it submits. The space behind it keeps it apart from the next where no style does. */
export function Button(
  props: Look & {
    type?: 'submit' | 'button' | undefined;
    name?: string | undefined;
    value?: string | undefined;
  },
): Html {
  const { type = 'submit', name, value } = props;
  return (
    <>
      <button type={type} class={classes(props)} name={name} value={value} data-close={props.close}>
        {inside(props)}
      </button>{' '}
    </>
  );
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function LinkButton(
  props: Look & { href: string; download?: string | boolean | undefined; target?: string | undefined },
): Html {
  const rel = props.target === '_blank' ? 'noopener noreferrer' : undefined;
  return (
    <>
      <a
        class={classes(props)}
        href={props.href}
        download={props.download}
        target={props.target}
        rel={rel}
        data-close={props.close}
      >
        {inside(props)}
      </a>{' '}
    </>
  );
}

/** Buttons below a form or page: the next step first, other ways after it. */
export function Actions(props: { children?: Child }): Html {
  return <div class="actions">{props.children}</div>;
}
