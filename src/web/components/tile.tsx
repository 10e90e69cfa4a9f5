import { withoutMarks } from '#language';
import { softHyphens } from '../hyphens.ts';
import type { Child, Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

/** A service on the home page: picture, what it is called, what it costs and how long it takes. One big link. */
export function Tile(props: {
  href: string;
  pictogram: string;
  title: string;
  facts: readonly string[];
}): Html {
  return (
    <li class="tile">
      <Pictogram id={props.pictogram} />
      <h2 class="tile-title">
        <a href={props.href}>{softHyphens(props.title)}</a>
      </h2>
      <p class="tile-facts">
        {props.facts.map((fact, index) => (
          <>
            {index === 0 ? undefined : ' · '}
            <span>{fact}</span>
          </>
        ))}
      </p>
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
    <ul class="facts">
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
 * The search: one field. With script its hits stand in place of the tiles while somebody types; without, Enter leads to them.
 * @param props.form the id of its form, where the bar's buttons send along what stands in it
 * @param props.instead the id of what gives way to the hits
 */
export function SearchField(props: {
  form?: string;
  action: string;
  name: string;
  label: string;
  /** Words that find something, in the field until somebody types. */
  hint: string;
  value?: string | undefined;
  instead?: string;
}): Html {
  return (
    <search>
      <am-search data-instead={props.instead}>
        <form class="search" id={props.form} method="get" action={props.action}>
          <label class="kern-sr-only" for="search">
            {props.label}
          </label>
          <Pictogram id="search" />
          <input
            class="kern-form-input__input"
            id="search"
            type="text"
            inputmode="search"
            name={props.name}
            value={props.value}
            placeholder={withoutMarks(props.hint)}
            autocomplete="off"
            spellcheck="false"
          />
        </form>
      </am-search>
    </search>
  );
}
