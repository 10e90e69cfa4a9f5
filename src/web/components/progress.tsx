import type { Language } from '#language';
import type { Html } from '../jsx/jsx-runtime.ts';
import { countForms } from '../seconds.ts';

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
 * @param props.says the sentence for so many seconds, in that language
 * @param props.ends where the browser goes at zero
 */
export function Countdown(props: {
  seconds: number;
  says: (told: { seconds: number }) => string;
  language: Language;
  ends?: string | undefined;
}): Html {
  const { seconds, says, language } = props;
  return (
    <am-countdown data-seconds={seconds} data-href={props.ends} data-says={countForms(says, language)}>
      <p class="countdown">{says({ seconds })}</p>
    </am-countdown>
  );
}

/** The page gives way to another after so many seconds without a touch, and says nothing of it. Without script it stays. */
export function Waits(props: { seconds: number; leads: string }): Html {
  return <am-countdown data-seconds={props.seconds} data-href={props.leads} />;
}
