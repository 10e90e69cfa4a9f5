import type { Html } from '../jsx/jsx-runtime.ts';
import { isPictogramId, PICTOGRAMS } from '../pictograms/index.ts';
import { remembered } from '../remembered.ts';

interface PictogramProps {
  id: string;
  label?: string | undefined;
  class?: string | undefined;
}

/** These point along the line of writing: they turn where it runs from right to left. */
const TURNS: ReadonlySet<string> = new Set(['back', 'forward', 'onward', 'end', 'phoneHandover']);

const keyOf = ({ id, label, class: look = 'pictogram' }: PictogramProps): string =>
  label === undefined ? `${id} ${look}` : `${id} ${look}\n${label}`;

/**
 * A pictogram. It decorates words that say the same, unless `label` gives it words of its own.
 * @param props.id a pictogram's id; an unknown one shows the document
 */
export const Pictogram = remembered(keyOf, (props: PictogramProps): Html => {
  const shape = isPictogramId(props.id) ? PICTOGRAMS[props.id] : PICTOGRAMS.document;
  const own = props.class ?? 'pictogram';
  const look = TURNS.has(props.id) ? `${own} turns` : own;
  if (props.label === undefined) {
    return (
      <svg class={look} viewBox="0 0 48 48" aria-hidden="true">
        <path d={shape} />
      </svg>
    );
  }
  return (
    <svg class={look} viewBox="0 0 48 48" role="img" aria-label={props.label}>
      <path d={shape} />
    </svg>
  );
});
