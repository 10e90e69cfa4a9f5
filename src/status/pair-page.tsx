/** A page with the two fields in which somebody types number and code, as they stand on a paper. */
import { CodeField, Said, slipCode, type TypedPair, type TypedSlip, type Wrong } from '#visit';
import { Button, type Child, Do, ErrorSummary, Go, JourneyForm, layout, type Page, Say } from '#web';

/** What is wrong with what was typed, or what came of it. */
type PairError = TypedSlip | { field: 'code'; code: string; seconds?: number };

/** What the page says. */
interface PairWords {
  title: string;
  lead: string;
  number: string;
  numberHelp: string;
  code: string;
  codeHelp: string;
  send: string;
}

/**
 * What was typed stays there beside what is wrong with it. A QR code fills both fields in through the part of the address
 * that stays in the browser.
 * @param form.page its name, for scripts and tests
 * @param form.textOf what an error is called in words
 * @param form.marks what the page says beside that, for whoever presses a button of the bar
 * @param form.before what stands above the fields
 */
export function pairPage<Error extends PairError>(
  page: Page,
  form: {
    page: string;
    action: string;
    w: PairWords;
    typed: TypedPair;
    errors: readonly Error[];
    errorTitle: string;
    textOf(error: Error): string;
    marks?: Parameters<typeof Said>[0]['marks'];
    before?: Child;
  },
): string {
  const { w, typed, errors } = form;
  const wrongs = errors.map((error): Wrong => {
    const code = 'slip' in error ? slipCode(error) : error.code;
    return { field: error.field, code, text: form.textOf(error) };
  });
  const wrong = (name: Wrong['field']) => wrongs.find(({ field }) => field === name);
  const own = { ...page, form: 'page-form' };
  const shell: Page = {
    ...{ ...own, title: w.title, page: form.page, kind: 'text' },
    ...{ back: '/', wrong: errors.length > 0 },
  };
  return layout(
    shell,
    <JourneyForm action={form.action} page={own}>
      <Said marks={form.marks ?? []} />
      <Said marks={errors} of={{ ...typed }} />
      <Say>
        <h1>{w.title}</h1>
        <p class="lead">{w.lead}</p>
      </Say>
      <Do>
        <ErrorSummary title={form.errorTitle} errors={wrongs} />
        {form.before}
        <am-status>
          <CodeField
            name="number"
            label={w.number}
            help={w.numberHelp}
            value={typed.number}
            wrong={wrong('number')}
          />
          <CodeField name="code" label={w.code} help={w.codeHelp} value={typed.code} wrong={wrong('code')} />
        </am-status>
      </Do>
      <Go page={shell}>
        <Button pictogram="forward">{w.send}</Button>
      </Go>
    </JourneyForm>,
  );
}
