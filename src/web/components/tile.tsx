import { softHyphens } from '../hyphens.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

/** A service on the home page: picture, what it is, what it costs and how long it takes. One big link. */
export function Tile(props: {
  href: string;
  pictogram: string;
  title: string;
  summary: string;
  cost: string;
  duration: string;
  /** Something else to know beforehand, such as another language. */
  note?: string | undefined;
}): Html {
  return (
    <li class="tile">
      <span class="tile-picture">
        <Pictogram id={props.pictogram} />
      </span>
      <h2 class="tile-title">
        <a href={props.href}>{softHyphens(props.title)}</a>
      </h2>
      <p class="tile-summary">{props.summary}</p>
      <ul class="facts">
        <li>
          <Pictogram id="euro" />
          {props.cost}
        </li>
        <li>
          <Pictogram id="clock" />
          {props.duration}
        </li>
        {props.note === undefined ? undefined : (
          <li>
            <Pictogram id="language" />
            {props.note}
          </li>
        )}
      </ul>
    </li>
  );
}

/** The grid that tiles stand in. */
export function Tiles(props: { children?: Child }): Html {
  return <ul class="tiles">{props.children}</ul>;
}

/** What it costs, how long it takes and other short facts about a service, each with its pictogram. */
export function Facts(props: { items: readonly { pictogram: string; text: string }[] }): Html {
  return (
    <ul class="facts facts-large">
      {props.items.map((item) => (
        <li>
          <Pictogram id={item.pictogram} />
          {item.text}
        </li>
      ))}
    </ul>
  );
}

/**
 * The search on the home page.
 * @param props.form the id of its form, where the bar's buttons send along what stands in it
 */
export function SearchField(props: {
  form?: string;
  action: string;
  name: string;
  label: string;
  button: string;
  value?: string | undefined;
}): Html {
  return (
    <search>
      <form class="search" id={props.form} method="get" action={props.action}>
        <label class="kern-label" for="search">
          {props.label}
        </label>
        <div class="search-field">
          <Pictogram id="search" />
          <input
            class="kern-form-input__input"
            id="search"
            type="text"
            inputmode="search"
            name={props.name}
            value={props.value}
            autocomplete="off"
            spellcheck="false"
          />
          <button type="submit" class="kern-btn kern-btn--primary">
            <span class="kern-label">{props.button}</span>
          </button>
        </div>
      </form>
    </search>
  );
}
