import { review as reviewed } from '#journey';
import { euros } from '#language';
import { setBond, shownMarks } from '#visit';
import { Button, countryName, Do, Go, type Html, JourneyForm, layout, Say } from '#web';
import { Cost } from '../cost.tsx';
import { News, type Shell, shellOf } from '../form-page.tsx';
import { handInShown, isHandedInAlready } from '../hand-in.ts';
import { askShown } from '../register.ts';
import { type Here, pageUrl } from '../standing.ts';
import { stepWords, words } from '../words.ts';
import type { KindOfPage } from './kind.ts';
import { ReviewList } from './review-list.tsx';

/** An ending: what was said is looked at, and handed in, or a register is asked with it. It needs the cases, or the register. */
export const review: KindOfPage = {
  show(at, view) {
    const { here } = at;
    const shell = shellOf(at, view);
    // Ties handing in to this browser: should the answer get lost, it is led to number and code, and nobody else is.
    setBond(at.c);
    return layout(shell.page, reviewBody(here, shell));
  },
  before: async (at) => (asksRegister(at.asked) ? undefined : isHandedInAlready(at)),
  take: (at) => (asksRegister(at.here) ? askShown(at) : handInShown(at)),
  below: {},
};

const asksRegister = ({ service }: Pick<Here, 'service'>): boolean => service.fulfilment === 'register';

function reviewBody(here: Here, { page: shell, texts }: Shell): Html {
  const { service, page, walked, visit } = here;
  const w = words(visit.language);
  const sections = reviewed(service, walked, visit.language, {
    country: (code) => countryName(code, visit.language),
  });
  return (
    <JourneyForm action={pageUrl(service, page)} page={shell}>
      {Object.entries(shownMarks(here)).map(([name, mark]) => (
        <input type="hidden" name={name} value={mark} />
      ))}
      <Say>
        <h1>{texts.pages[page.id]?.title}</h1>
        <p class="lead">{texts.pages[page.id]?.text ?? w.reviewText}</p>
        {walked.fee.cents > 0 && <p class="muted">{stepWords(visit.language).payFirst}</p>}
        <Cost service={service} fee={walked.fee} language={visit.language} />
      </Say>
      <Do>
        <News here={here} />
        <ReviewList here={here} sections={sections} />
      </Do>
      <Go page={shell}>
        <Button pictogram={walked.fee.cents > 0 ? 'forward' : 'check'}>{lastWord(here)}</Button>
      </Go>
    </JourneyForm>
  );
}

/** What the button of the review page does. */
function lastWord({ service, walked, visit }: Here): string {
  if (asksRegister({ service })) return stepWords(visit.language).ask;
  const { cents } = walked.fee;
  return cents > 0
    ? stepWords(visit.language).goPay({ sum: euros(cents, visit.language) })
    : words(visit.language).handIn;
}
