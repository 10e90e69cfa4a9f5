import { Hidden } from './bar.tsx';
import { Button } from './components/index.ts';
import type { Html } from './jsx/jsx-runtime.ts';
import type { Page } from './page.ts';
import { layoutWords } from './said.ts';
import { countForms } from './seconds.ts';

/** How long a page waits, in seconds, on which somebody is busy without touching it: with a phone, or writing down. */
export const PATIENT_SECONDS = 150;

/** Asks whether the person is still there; the island counts and ends the visit by its form. */
export function IdleWatch(props: { page: Page }): Html | null {
  const { page } = props;
  if (page.visit === undefined) return null;
  const words = layoutWords(page.language);
  // What is over is not deleted with the page that tells of it.
  const isOver = page.outcome !== undefined;
  return (
    <am-idle
      data-seconds={page.visit.idleSeconds}
      data-csrf={page.csrf}
      data-says={countForms(isOver ? words.idleClose : words.idleSeconds, page.language)}
    >
      <dialog
        class="layer layer-ask idle"
        role="alertdialog"
        aria-labelledby="idle-title"
        aria-describedby="idle-text"
      >
        <div class="idle-ring" aria-hidden="true">
          <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
            <circle class="idle-ground" cx={60} cy={60} r={52} />
            <circle class="idle-left" cx={60} cy={60} r={52} data-ring />
          </svg>
          <span class="idle-number" data-number />
        </div>
        <h2 id="idle-title">{words.idleTitle}</h2>
        <p id="idle-text" aria-live="off" data-count />
        <div class="layer-actions">
          <button type="button" class="kern-btn kern-btn--primary" data-more>
            <span class="kern-label">{words.idleMore}</span>
          </button>
          <form method="post" action="/visit/end">
            <Hidden csrf={page.csrf} />
            <input type="hidden" name="_idle" value="yes" />
            <Button kind="secondary">{isOver ? words.end : words.idleEnd}</Button>
          </form>
        </div>
      </dialog>
    </am-idle>
  );
}
