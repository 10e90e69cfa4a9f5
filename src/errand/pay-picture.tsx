/** Where the card terminal hangs at this machine, and what is to be done there: drawn for the project, large. */
import type { Site } from '#city';
import type { CardStatus } from '#payment';
import type { Html } from '#web';

/** On which side of the machine's screen the card terminal hangs. */
export type DeviceSide = NonNullable<Site['cardDevice']>;

type Doing = 'in' | 'out' | 'keys';

const DOES: Readonly<Partial<Record<CardStatus, Doing>>> = {
  ...{ insertCard: 'in', cardUnreadable: 'in', removeCard: 'out' },
  ...{ enterPin: 'keys', wrongPin: 'keys', choose: 'keys' },
};

/** @returns what people do at the card terminal now, where a picture shows it */
export const doingAt = (status: CardStatus | undefined): Doing | undefined =>
  status === undefined ? undefined : DOES[status];

const KEYS = [0, 1, 2, 3].flatMap((row) => [0, 1, 2].map((column) => [column * 54, 118 + row * 36] as const));

/** The card terminal, large: its display, its keys, the slot below and the waves above. */
function Device(props: { doing: Doing; sum: string }): Html {
  const { doing, sum } = props;
  return (
    <>
      {doing !== 'keys' && (
        <g class={`pay-card pay-card-${doing}`}>
          <rect x={44} y={268} width={112} height={130} rx={8} />
          <path d="M44 300h112" />
          <rect class="pay-mark-full" x={62} y={326} width={30} height={24} rx={4} />
        </g>
      )}
      <rect class="pay-case" x={0} y={0} width={200} height={300} rx={26} />
      <rect class="pay-mark pay-display" x={24} y={24} width={152} height={72} rx={8} />
      <text class="pay-display-sum" x={100} y={71}>
        {sum}
      </text>
      {KEYS.map(([x, y]) => (
        <rect
          class={doing === 'keys' ? 'pay-mark' : undefined}
          x={24 + x}
          y={y}
          width={44}
          height={26}
          rx={5}
        />
      ))}
      <path class="pay-mark pay-slot" d="M32 280h136" />
      {doing === 'in' && (
        <path
          class="pay-mark"
          d="M62-24a56 56 0 0 1 76 0M44-44a84 84 0 0 1 112 0M26-64a112 112 0 0 1 148 0"
        />
      )}
    </>
  );
}

/** Where the small device hangs at the small machine, and what leads from there to the large one. */
const HANGS: Record<DeviceSide, { device: readonly [number, number]; arm: string; rays: string }> = {
  right: { device: [166, 196], arm: 'M152 222h14', rays: 'M214 202 330 102M214 246 330 376' },
  left: { device: [-28, 196], arm: 'M14 222H0', rays: 'M168 202 330 102M168 246 330 376' },
  below: { device: [66, 268], arm: 'M84 262v8', rays: 'M118 276 330 102M118 318 330 376' },
};

/** The machine as it stands there, with the device at its side. */
function Machine({ side }: { side: DeviceSide }): Html {
  const { device, arm, rays } = HANGS[side];
  const [x, y] = device;
  return (
    <>
      <rect class="pay-case" x={14} y={62} width={138} height={200} rx={10} />
      <path d="M32 90h102M32 112h66" />
      <rect x={32} y={132} width={102} height={36} rx={4} />
      <rect x={32} y={178} width={102} height={36} rx={4} />
      <path d="M83 262v124M30 388h106" />
      <path d={arm} />
      <rect class="pay-mark-full" x={x} y={y} width={36} height={52} rx={7} />
      <path class="pay-mark pay-rays" d={rays} />
    </>
  );
}

/**
 * @param props.side where it hangs; the device alone where that is not known
 * @param props.sum what its display shows
 */
export function CardPicture(props: { side: DeviceSide | undefined; doing: Doing; sum: string }): Html {
  const { side, doing, sum } = props;
  return (
    <svg class="pay-picture" viewBox={side ? '-36 0 600 480' : '250 0 420 480'} aria-hidden="true">
      {side && <Machine side={side} />}
      <g transform="translate(346 82)">
        <Device doing={doing} sum={sum} />
      </g>
    </svg>
  );
}
