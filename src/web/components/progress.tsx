import type { Language } from '#language';
import type { Html } from '../jsx/jsx-runtime.ts';
import { countForms } from '../seconds.ts';

/**
 * The way through a service in a few names, with where somebody is. Nothing to touch, and no number.
 * @param props.at the present one, counted from 0
 * @param props.label what the list is, for screen readers
 */
export function Path(props: { names: readonly string[]; at: number; label: string }): Html {
  const { names, at, label } = props;
  return (
    <ol class="path" aria-label={label}>
      {names.map((name, index) => (
        <li class={index < at ? 'path-past' : undefined} aria-current={index === at ? 'step' : undefined}>
          <span class="path-name">{name}</span>
        </li>
      ))}
    </ol>
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
