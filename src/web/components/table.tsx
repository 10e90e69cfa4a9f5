import type { Child, Html } from '../jsx/jsx-runtime.ts';

export interface Column {
  title: Child;
  /** Numbers and dates align to the right in equal digits. */
  numeric?: boolean | undefined;
  /** In which order of this column the rows stand, if they do. */
  sorted?: 'ascending' | 'descending' | undefined;
}

/** A table that scrolls sideways inside itself when it must, never the page. */
export function Table(props: {
  caption: string;
  captionHidden?: boolean | undefined;
  columns: readonly Column[];
  rows: readonly (readonly Child[])[];
}): Html {
  return (
    <section class="table-scroll" aria-label={props.caption} tabindex={0}>
      <table class="kern-table kern-table--small">
        <caption class={props.captionHidden ? 'kern-sr-only' : 'kern-title'}>{props.caption}</caption>
        <thead class="kern-table__head">
          <tr class="kern-table__row">
            {props.columns.map((column) => (
              <th
                scope="col"
                aria-sort={column.sorted}
                class={`kern-table__header${column.numeric ? ' kern-table__header--numeric' : ''}`}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="kern-table__body">
          {props.rows.map((row) => (
            <tr class="kern-table__row">
              {row.map((cell, at) => (
                <td
                  class={`kern-table__cell${props.columns[at]?.numeric ? ' kern-table__cell--numeric' : ''}`}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
