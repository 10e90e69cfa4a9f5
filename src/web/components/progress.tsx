import type { Html } from '../jsx/jsx-runtime.ts';

/** How far along: in words and as a row of steps. */
export function Stepper(props: { step: number; of: number; label: string }): Html {
  return (
    <div class="stepper">
      <p class="stepper-label">{props.label}</p>
      <div class="stepper-track" aria-hidden="true">
        {Array.from({ length: props.of }, (_, at) => (
          <span class={at < props.step ? 'done' : undefined} />
        ))}
      </div>
    </div>
  );
}

/**
 * Seconds that run down on screen, from the start again with every touch. Without script it shows where it started.
 * @param props.ends where the browser goes at zero
 */
export function Countdown(props: { seconds: number; label: string; ends?: string | undefined }): Html {
  return (
    <am-countdown data-seconds={props.seconds} data-href={props.ends}>
      <p class="countdown">
        <span class="countdown-number">{props.seconds}</span> {props.label}
      </p>
    </am-countdown>
  );
}
