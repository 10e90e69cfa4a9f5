import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

/** A calm surface that holds things which belong together. */
export function Card(props: {
  title?: string | undefined;
  pictogram?: string | undefined;
  tone?: 'plain' | 'accent' | undefined;
  children?: Child;
}): Html {
  return (
    <section class={props.tone === 'accent' ? 'card card-accent' : 'card'}>
      {props.title === undefined ? undefined : (
        <h2 class="card-title">
          {props.pictogram === undefined ? undefined : <Pictogram id={props.pictogram} />}
          <span>{props.title}</span>
        </h2>
      )}
      {props.children}
    </section>
  );
}

/** At the desk, where there is nothing (any more): a picture, what it means, and what one can do now. */
export function EmptyState(props: {
  pictogram: string;
  title: string;
  children?: Child;
  heading?: 'h1' | 'h2';
}): Html {
  const Heading = props.heading ?? 'h1';
  return (
    <section class="empty">
      <span class="empty-picture">
        <Pictogram id={props.pictogram} />
      </span>
      <Heading>{props.title}</Heading>
      {props.children}
    </section>
  );
}

/** A number or code to read aloud or to type: in groups, in letters that cannot be mixed up. */
export function BigCode(props: { label: string; code: string; help?: string | undefined }): Html {
  return (
    <div class="big-code">
      <p class="big-code-label">{props.label}</p>
      <p class="big-code-code" translate="no">
        {props.code}
      </p>
      {props.help === undefined ? undefined : <p class="big-code-help">{props.help}</p>}
    </div>
  );
}

/** A fact that is read at a glance, with what it is above it and what else there is to say below; stands in `.numbers`. */
export function Figure(props: { label: string; fact: string; note?: string | undefined }): Html {
  return (
    <div class="number">
      <dt>{props.label}</dt>
      <dd>
        <strong>{props.fact}</strong>
        {props.note !== undefined && <span class="number-note">{props.note}</span>}
      </dd>
    </div>
  );
}

/** What happens next, as numbered steps. */
export function NextSteps(props: { steps: readonly Child[] }): Html {
  return (
    <ol class="next-steps">
      {props.steps.map((step) => (
        <li>
          <div>{step}</div>
        </li>
      ))}
    </ol>
  );
}

/** A place to go or call instead: office with hours, telephone, another portal. */
export function PlaceCard(props: {
  pictogram: string;
  title: string;
  lines: readonly Child[];
  heading?: 'h2' | 'h3' | undefined;
  children?: Child;
}): Html {
  const Heading = props.heading ?? 'h3';
  return (
    <li class="place">
      <span class="place-picture">
        <Pictogram id={props.pictogram} />
      </span>
      <div>
        <Heading class="place-title">{props.title}</Heading>
        {props.lines.map((line) => (
          <p>{line}</p>
        ))}
        {props.children}
      </div>
    </li>
  );
}
