import { Alert, layout, type Page } from '#web';
import { words } from '../words.ts';

/** Why a case was not opened. */
export interface StatusError {
  field: 'number' | 'code';
  code: 'notANumber' | 'notACode' | 'wrong' | 'slowed';
  seconds?: number;
}

function message(error: StatusError, w: ReturnType<typeof words>): string {
  switch (error.code) {
    case 'notANumber':
      return w.errorNumber;
    case 'notACode':
      return w.errorCode;
    case 'wrong':
      return w.errorWrong;
    case 'slowed':
      return w.errorSlowed(Math.ceil((error.seconds ?? 60) / 60));
  }
}

/** Number and code open a case. A QR code fills them in through the part of the address that stays in the browser. */
export function statusFormPage(
  page: Page,
  typed: { number: string; code: string },
  error: StatusError | undefined,
): string {
  const w = words(page.language);
  const field = (name: 'number' | 'code', label: string, help: string) => {
    const wrong = error?.field === name ? error : undefined;
    return (
      <div class={wrong ? 'am-field am-field--error' : 'am-field'}>
        <label class="am-field__label" for={name}>
          {label}
        </label>
        <p class="am-field__help" id={`${name}-help`}>
          {help}
        </p>
        {wrong && (
          <p class="am-field__error" id={`${name}-error`} data-error={wrong.code}>
            {message(wrong, w)}
          </p>
        )}
        <input
          class="am-input am-input--code"
          id={name}
          name={name}
          type="text"
          value={typed[name]}
          inputmode={name === 'number' ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck="false"
          maxlength={30}
          aria-describedby={wrong ? `${name}-error ${name}-help` : `${name}-help`}
          aria-invalid={wrong ? 'true' : undefined}
        />
      </div>
    );
  };
  return layout(
    { ...page, title: w.statusTitle, page: 'status', back: '/', form: 'page-form' },
    <form method="post" action="/status" id="page-form" class="am-page" novalidate autocomplete="off">
      <input type="hidden" name="_csrf" value={page.csrf ?? ''} />
      {error && (
        <Alert tone="error" title={message(error, w)}>
          {''}
        </Alert>
      )}
      <header class="am-page__head">
        <h1>{w.statusTitle}</h1>
        <p class="am-lead">{w.statusLead}</p>
      </header>
      <am-status-link>
        {field('number', w.statusNumber, w.statusNumberHelp)}
        {field('code', w.statusCode, w.statusCodeHelp)}
      </am-status-link>
      <p class="am-actions">
        <button type="submit" class="am-button am-button--primary am-button--large">
          {w.statusOpen}
        </button>
      </p>
    </form>,
  );
}
