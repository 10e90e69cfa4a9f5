import { about, LANGUAGES } from '#language';
import { Pictogram } from './components/index.ts';
import type { Child, Html } from './jsx/jsx-runtime.ts';
import type { Page } from './page.ts';
import { remembered } from './remembered.ts';
import { layoutWords } from './said.ts';

function Item(props: { pictogram: string; children?: Child }): Html {
  return (
    <>
      <Pictogram id={props.pictogram} />
      <span class="bar-word">{props.children}</span>
    </>
  );
}

/** Hidden fields that every button of the bar sends along. */
export function Hidden(props: { csrf: string | undefined; back?: string | undefined }): Html {
  return (
    <>
      {props.csrf === undefined ? undefined : <input type="hidden" name="_csrf" value={props.csrf} />}
      {props.back === undefined ? undefined : <input type="hidden" name="return" value={props.back} />}
    </>
  );
}

/** Sends the page's form, with what was typed in it, to the settings (or elsewhere) instead of its own address. */
function sending({ form, base = '' }: Pick<Page, 'form' | 'base'>, to = '/visit/settings') {
  if (form === undefined) return {};
  const post = 'post' as const;
  return { form, formaction: `${base}${to}`, formmethod: post, formnovalidate: true };
}

/** A button that changes how the page looks. */
export interface SettingButton {
  name: string;
  value: string;
  pictogram: string;
  /** What pressing it does. */
  does: string;
}

/** @returns the buttons for size and contrast, each with what comes next: sizes go round */
export function settingButtons({
  language,
  settings: { size, contrast },
}: Pick<Page, 'language' | 'settings'>): [size: SettingButton, contrast: SettingButton] {
  const words = layoutWords(language);
  return [
    {
      ...{ name: 'size', value: String((size % 3) + 1), pictogram: 'textSize' },
      does: size === 3 ? words.normalSize : words.larger,
    },
    {
      ...{ name: 'contrast', value: contrast ? 'off' : 'on', pictogram: 'contrast' },
      does: contrast ? words.lessContrast : words.moreContrast,
    },
  ];
}

/** In the bar it stands for what is; what pressing it does is said to whoever does not see that. */
function Setting(props: SettingButton & { label: string; on: boolean; page: Look }): Html {
  return (
    <button
      type="submit"
      class={`bar-item bar-${props.name}`}
      {...sending(props.page)}
      name={props.name}
      value={props.value}
      data-on={props.on ? 'on' : undefined}
    >
      <Item pictogram={props.pictogram}>
        {props.label}
        <span class="kern-sr-only">: {props.does}</span>
      </Item>
    </button>
  );
}

type Look = Pick<Page, 'language' | 'settings' | 'mode' | 'form' | 'base'>;

const lookOf = ({ language, settings, mode, form, base }: Look): string => {
  const { size, contrast, reach } = settings;
  return [language, size, contrast, reach, mode, form, base].join(' ');
};

/** Leads to help and back to the page, which is still there behind it; what was typed in its form goes along. */
function Help(props: { page: Page }): Html {
  const { form, path, base = '', language, page } = props.page;
  const item = <Item pictogram="help">{layoutWords(language).help}</Item>;
  // What a terminal's own program shows has a help of its own, and what is typed there (a PIN) goes nowhere else.
  if (base !== '')
    return (
      <a class="bar-item bar-help" href={`${base}/help`}>
        {item}
      </a>
    );
  // What somebody typed as an address is not said again.
  const over =
    page === 'notice' ? '/help' : `/help?return=${encodeURIComponent(path).replaceAll('%2F', '/')}`;
  return form === undefined ? (
    <a class="bar-item bar-help" href={over} data-over={over}>
      {item}
    </a>
  ) : (
    <button type="submit" class="bar-item bar-help" {...sending(props.page, '/visit/help')} data-over={over}>
      {item}
    </button>
  );
}

const LanguageMenu = remembered(lookOf, (page: Look) => {
  const words = layoutWords(page.language);
  return (
    <details class="bar-menu bar-language">
      <summary class="bar-item">
        <Pictogram id="language" />
        <span class="bar-word">{words.language}</span>
      </summary>
      <div class="bar-popup">
        <p>{words.chooseLanguage}</p>
        {LANGUAGES.map((language) => [
          <button
            type="submit"
            {...sending(page)}
            class="kern-btn kern-btn--secondary kern-btn--block"
            name="language"
            value={language}
            lang={about(language).lang}
            aria-current={language === page.language ? 'true' : undefined}
          >
            {language === page.language ? <Pictogram id="check" /> : undefined}
            <span class="kern-label">{about(language).name}</span>
          </button>,
          ' ',
        ])}
      </div>
    </details>
  );
});

const Settings = remembered(lookOf, (page: Look) => {
  const words = layoutWords(page.language);
  const [size, contrast] = settingButtons(page);
  return (
    <>
      <Setting {...size} label={words.text} on={page.settings.size > 1} page={page} />{' '}
      <Setting {...contrast} label={words.contrast} on={page.settings.contrast} page={page} />
    </>
  );
});

/** The bar's form, for buttons elsewhere on the page that send it. */
const SETTINGS = 'bar-settings';

/** All languages in their own words, in view without opening anything: whoever needs one may not read the words of the bar. */
export function Languages(props: { page: Pick<Page, 'language' | 'form' | 'base'> }): Html {
  const { language: chosen } = props.page;
  return (
    <ul class="languages" aria-label={layoutWords(chosen).chooseLanguage}>
      {LANGUAGES.map((language) => (
        <li>
          <button
            type="submit"
            form={SETTINGS}
            {...sending(props.page)}
            class="language"
            name="language"
            value={language}
            lang={about(language).lang}
            dir={about(language).direction}
            aria-current={language === chosen ? 'true' : undefined}
          >
            {about(language).name}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The bar: help, language, text size, contrast, the phone, end. Each has its place on every page; works without script. */
export function Bar(props: { page: Page }): Html {
  const { page } = props;
  const words = layoutWords(page.language);
  const { base = '' } = page;
  return (
    <am-bar class="bar" role="navigation" aria-label={words.bar}>
      <Help page={page} />{' '}
      <form
        class="bar-form"
        id={SETTINGS}
        aria-label={words.settings}
        method="post"
        action={`${base}/visit/settings`}
      >
        <Hidden csrf={page.csrf} back={page.path} />
        {LanguageMenu(page)}
        {Settings(page)}
      </form>
      {page.handover && page.mode === 'terminal' ? (
        <form class="bar-handover" aria-label={words.handover} method="post" action="/visit/handover">
          <Hidden csrf={page.csrf} back={page.path} />
          <button type="submit" class="bar-item" {...sending(page, '/visit/handover')} data-over>
            <Item pictogram="phoneHandover">{words.handover}</Item>
          </button>
        </form>
      ) : undefined}
      {page.quiet ? undefined : (
        <form class="bar-end" aria-label={words.end} method="post" action={`${base}/visit/end`}>
          <Hidden csrf={page.csrf} back={page.path} />
          <button
            type="submit"
            class="bar-item"
            {...(base === '' && { ...sending(page, '/visit/end'), 'data-over': true })}
          >
            <Item pictogram="end">{words.end}</Item>
          </button>
        </form>
      )}
    </am-bar>
  );
}
