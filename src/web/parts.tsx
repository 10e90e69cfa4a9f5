/** The three parts of every citizen's page, which have fixed places: what it says, what is touched, the way on. */
import { Pictogram } from './components/index.ts';
import type { Child, Html } from './jsx/jsx-runtime.ts';
import type { Page } from './page.ts';
import { layoutWords } from './said.ts';

/** What the page says: its one `h1`, the lead, hints. Nothing in it can be touched. */
export function Say(props: { children?: Child }): Html {
  return <div class="say">{props.children}</div>;
}

/**
 * What is touched or read: answers, fields, a list. Where it is too long for its place at a terminal, it scrolls alone.
 * @param props.reads its name where nothing in it can be touched: the keys come to it then, to scroll
 */
export function Do(props: { reads?: string; children?: Child }): Html {
  const { reads, children } = props;
  if (reads === undefined) return <div class="do">{children}</div>;
  return (
    <section class="do" tabindex={0} aria-label={reads}>
      {children}
    </section>
  );
}

/** What the step back needs of its page. */
export type BackFrom = Pick<Page, 'back' | 'backAction' | 'form' | 'language'>;

/** The step back: a link, or a button of the page's form, in which Enter still means "next". */
export function Back(props: { page: BackFrom }): Html | null {
  const { back, backAction, form, language } = props.page;
  if (back === undefined) return null;
  const inside = (
    <>
      <Pictogram id="back" />
      <span>{layoutWords(language).back}</span>
    </>
  );
  if (backAction === undefined || form === undefined)
    return (
      <>
        <a class="back" href={back}>
          {inside}
        </a>{' '}
      </>
    );
  return (
    <>
      <button type="submit" form={form} name="_action" value="next" hidden />{' '}
      <button type="submit" class="back" form={form} name="_action" value={backAction} formnovalidate>
        {inside}
      </button>{' '}
    </>
  );
}

/**
 * The way on: back, and the one next step beside it; other ways after that. On a phone the step back stands in the head.
 * @param props.children the next step first; without any, the answers themselves lead on
 */
export function Go(props: { page: BackFrom & Pick<Page, 'mode'>; children?: Child }): Html | null {
  const { page, children } = props;
  const back = page.mode === 'terminal' ? Back({ page }) : null;
  if (back === null && children === undefined) return null;
  return (
    <div class="go">
      {back}
      {children === undefined ? undefined : <div class="go-on">{children}</div>}
    </div>
  );
}
