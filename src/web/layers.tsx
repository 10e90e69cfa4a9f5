/**
 * What lies over a page: help, and questions before anything is lost. Without script each is a page of its own, to which the
 * bar's button sends the form of the page below, so that everything typed there is kept; with script it opens over that page.
 */
import type { Language } from '#language';
import { Hidden, type SettingButton, settingButtons } from './bar.tsx';
import { Pictogram } from './components/index.ts';
import type { Child, Html } from './jsx/jsx-runtime.ts';
import { layout, More } from './layout.tsx';
import type { Page } from './page.ts';
import { layoutWords } from './said.ts';

/** `help`: beside the page, whose bar stays usable; `ask`: a box before which everything else waits. */
type LayerKind = 'help' | 'ask';

/**
 * @param inside holds the one `h1`, and something with `close` that leads back to the page below
 * @returns the page that a layer is without script
 */
export function LayerPage(page: Page, kind: LayerKind, inside: Child): string {
  return layout(
    page,
    <div class="do whole">
      <section class={`layer layer-${kind}`} data-layer={kind}>
        {inside}
      </section>
    </div>,
  );
}

/** What is read in a layer: it scrolls alone where it is too long, and says so; the ways on stay in view below it. */
export function LayerBody(props: { language: Language; children?: Child }): Html {
  return (
    <>
      <div class="layer-body">{props.children}</div>
      <More language={props.language} />
    </>
  );
}

/** The ways on from a layer, one below the other: the first leads back to where somebody was. */
export function LayerActions(props: { children?: Child }): Html {
  return <div class="layer-actions">{props.children}</div>;
}

function ScreenButton(props: SettingButton): Html {
  return (
    <button type="submit" class="screen-button" name={props.name} value={props.value}>
      <Pictogram id={props.pictogram} />
      <span>{props.does}</span>
    </button>
  );
}

/**
 * How the screen is to be: the same settings as in the bar, in words, and what has no place there.
 * @param props.back the page that is to be seen so
 */
export function ScreenSettings(props: {
  page: Pick<Page, 'language' | 'settings' | 'mode' | 'csrf'>;
  back: string;
}): Html {
  const { language, settings, mode, csrf } = props.page;
  const { reach } = settings;
  const words = layoutWords(language);
  const [size, contrast] = settingButtons(props.page);
  return (
    <form class="screen-settings" method="post" action="/visit/settings">
      <Hidden csrf={csrf} back={props.back} />
      <ScreenButton {...size} /> <ScreenButton {...contrast} />{' '}
      {mode === 'terminal' && (
        <ScreenButton
          name="reach"
          value={reach ? 'off' : 'on'}
          pictogram="reach"
          does={reach ? words.reachOff : words.reachOn}
        />
      )}
    </form>
  );
}
