import { softHyphens } from '../hyphens.ts';
import type { Html } from '../jsx/jsx-runtime.ts';
import { Pictogram } from './pictogram.tsx';

export interface GalleryItem {
  pictogram: string;
  tone: 'yes' | 'no' | 'plain';
  text: string;
}

const MARK = { yes: 'check', no: 'cross', plain: undefined } as const;

function List(props: { items: readonly GalleryItem[] }): Html {
  return (
    <ul class="gallery">
      {props.items.map((item) => {
        const mark = MARK[item.tone];
        return (
          <li class={`gallery-${item.tone}`}>
            <span class="gallery-picture">
              <Pictogram id={item.pictogram} />
              {mark === undefined ? undefined : <Pictogram id={mark} class="gallery-mark" />}
            </span>
            <span>{softHyphens(item.text)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Things shown as picture and word, sorted into what goes and what does not: said in words, by a mark and by colour. */
export function Gallery(props: {
  items: readonly GalleryItem[];
  yes: string | undefined;
  no: string | undefined;
}): Html {
  const of = (tone: GalleryItem['tone']) => props.items.filter((item) => item.tone === tone);
  const [yes, no, plain] = [of('yes'), of('no'), of('plain')];
  return (
    <>
      {plain.length > 0 ? <List items={plain} /> : undefined}
      {yes.length > 0 ? (
        <section class="gallery-group">
          <h2 class="gallery-title yes">
            <Pictogram id="success" />
            {props.yes}
          </h2>
          <List items={yes} />
        </section>
      ) : undefined}
      {no.length > 0 ? (
        <section class="gallery-group">
          <h2 class="gallery-title no">
            <Pictogram id="error" />
            {props.no}
          </h2>
          <List items={no} />
        </section>
      ) : undefined}
    </>
  );
}
