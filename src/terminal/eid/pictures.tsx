import type { Html } from '#web';

/** What the large pictures show. Drawn on a grid of 96, in the line of the pictograms. */
export type PictureId = 'insert' | 'can' | 'letter' | 'pin' | 'wait';

const CARD = 'M29 14h38a4 4 0 0 1 4 4v40H25V18a4 4 0 0 1 4-4z';
const CARD_PRINT = 'M33 30a5 5 0 1 1 10 0a5 5 0 1 1-10 0M30 44a8 7 0 0 1 16 0M53 27h11M53 35h11M53 43h7';
const READER = 'M14 58h68a4 4 0 0 1 4 4v16a6 6 0 0 1-6 6H16a6 6 0 0 1-6-6V62a4 4 0 0 1 4-4z';
const SLOT = 'M21 58h54M44 72h8';
const FLAT_CARD = 'M13 22h70a5 5 0 0 1 5 5v44a5 5 0 0 1-5 5H13a5 5 0 0 1-5-5V27a5 5 0 0 1 5-5z';
const FLAT_PRINT = 'M20 42a8 8 0 1 1 16 0a8 8 0 1 1-16 0M16 64a12 10 0 0 1 24 0M49 34h30M49 43h22';
const digits = (xs: readonly number[], y: number): string => xs.map((x) => `M${x} ${y}v.01`).join('');

/** A card that goes into the reader, again and again. The reader covers the part that is inside. */
function CardAndReader(): Html {
  return (
    <>
      <g class="device-moves">
        <path d={CARD} />
        <path d={CARD_PRINT} />
      </g>
      <path class="device-cover" d={READER} />
      <path d={SLOT} />
    </>
  );
}

/** The front of an identity card with the place of the CAN marked: six digits, below on the right. */
function CanOnCard(): Html {
  return (
    <>
      <path d={FLAT_CARD} />
      <path d={FLAT_PRINT} />
      <path
        class="device-mark"
        d="M50 55h31a3 3 0 0 1 3 3v9a3 3 0 0 1-3 3H50a3 3 0 0 1-3-3v-9a3 3 0 0 1 3-3z"
      />
      <path class="device-mark" d={digits([52, 57.5, 63, 68.5, 74, 79.5], 62.5)} />
    </>
  );
}

/** The letter with Transport-PIN and PUK. */
function Letter(): Html {
  return (
    <>
      <path d="M24 10h36l14 14v58a4 4 0 0 1-4 4H24a4 4 0 0 1-4-4V14a4 4 0 0 1 4-4zM60 10v14h14M30 32h20M30 42h34" />
      <path
        class="device-mark"
        d="M32 54h30a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H32a3 3 0 0 1-3-3V57a3 3 0 0 1 3-3z"
      />
      <path class="device-mark" d={digits([37, 43.5, 50, 56.5], 62)} />
    </>
  );
}

function PinDots(): Html {
  return (
    <>
      <path d="M14 32h68a6 6 0 0 1 6 6v20a6 6 0 0 1-6 6H14a6 6 0 0 1-6-6V38a6 6 0 0 1 6-6z" />
      <path
        class="device-mark"
        d={[18, 30, 42, 54, 66, 78].map((x) => `M${x - 2.5} 48a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0`).join('')}
      />
    </>
  );
}

const SHAPES: Record<PictureId, () => Html> = {
  insert: CardAndReader,
  can: CanOnCard,
  letter: Letter,
  pin: PinDots,
  wait: () => (
    <path d="M30 12h36M30 84h36M35 12v12c0 12 13 14 13 24s-13 12-13 24v12M61 12v12c0 12-13 14-13 24s13 12 13 24v12" />
  ),
};

/** A large picture; the words beside it say the same. */
export function Picture(props: { id: PictureId; small?: boolean }): Html {
  const Shape = SHAPES[props.id];
  return (
    <svg
      class={props.small ? 'device-picture device-small' : 'device-picture'}
      viewBox="0 0 96 96"
      aria-hidden="true"
    >
      <Shape />
    </svg>
  );
}
