/** Correcting the paper that the office will issue. */
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import {
  CaseNotFoundError,
  type CaseView,
  isClosed,
  PaperLinesError,
  TransitionError,
  VersionConflictError,
} from '#cases';
import { type BrokenRule, type FieldError, type FormFields, fieldsOfAnswer } from '#journey';
import { formatNumber } from '#seal';
import { civilDate } from '#time';
import { Alert, Button, type Html, renderQuestion } from '#web';

import { casePage, namesIn, opened } from './case-pages.tsx';
import { Lines } from './case-parts.tsx';
import { Faster } from './conflict.tsx';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { actorBy, type Desk } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { saidBefore } from './paper-parts.tsx';
import { said } from './words.ts';

const WORDS = said('paper');

/** What was wrong, and what had been typed. */
interface Refused {
  problem: string;
  errors: readonly FieldError[];
  form: FormFields | undefined;
  /** What the lines say against each other. */
  rules?: readonly BrokenRule[];
  /** Somebody else was faster: the version of the case that this clerk saw. */
  seen?: number;
}

type Entry = NonNullable<CaseView['paper']>['entries'][number];

interface LineProps {
  entry: Entry;
  before: string | undefined;
  today: string;
  refused: Refused | undefined;
}

/** A field's text, with days and months as they are typed. */
const first = (value: FormFields[string] | undefined): string => (value?.[0] ?? '').replace(/^0(?=\d$)/, '');

/** What was typed at one line, which may be several fields. */
function fieldsAt(field: string, form: FormFields = {}): FormFields {
  return Object.fromEntries(
    Object.entries(form).filter(([name]) => name === field || name.startsWith(`${field}.`)),
  );
}

/** Before the name of each field: what stood there when the clerk began. */
const WAS = '_was.';

/** What somebody typed goes on standing; where they left a field as it was, it says what has been saved since. */
function untouchedAnew(asItStands: FormFields, form: FormFields): FormFields {
  const isUntouched = (name: string): boolean => first(form[name]) === first(form[WAS + name]);
  const names = Object.keys({ ...asItStands, ...form }).filter((name) => !name.startsWith(WAS));
  return Object.fromEntries(
    names.map((name) => [name, (isUntouched(name) ? asItStands[name] : form[name]) ?? []]),
  );
}

/** One line of the paper, asked as its question is asked. */
function Line({ entry, before, today, refused }: LineProps): Html {
  const { question, field, answer } = entry;
  const { label, value, options } = entry.said.de;
  if (!question)
    return (
      <p>
        {label}: <bdi>{value}</bdi>
      </p>
    );
  const texts = {
    label,
    help: undefined,
    options,
    optionHelp: {},
    errors: Object.fromEntries(
      (refused?.rules ?? [])
        .filter(({ error }) => error.field === field)
        .map(({ error, text }) => [error.code, text]),
    ),
    entry: undefined,
    full: undefined,
    add: undefined,
  };
  const asItStands: FormFields = answer === undefined ? {} : fieldsOfAnswer(question, field, answer);
  const form =
    refused?.form && refused.seen !== undefined
      ? untouchedAnew(asItStands, {
          ...fieldsAt(field, refused.form),
          ...fieldsAt(WAS + field, refused.form),
        })
      : refused?.form;
  const differs = Object.keys({ ...asItStands, ...fieldsAt(field, form) }).some(
    (name) => first(asItStands[name]) !== first(form?.[name]),
  );
  return (
    <div class="paper-line">
      {renderQuestion(
        question,
        { questions: { [question.id]: texts } },
        {
          fields: form ?? asItStands,
          errors: refused?.errors ?? [],
          language: 'de',
          prefix: field.slice(0, field.length - question.id.length),
          today,
        },
      )}
      {Object.entries(asItStands).map(([name, values]) => (
        <input type="hidden" name={WAS + name} value={first(values)} />
      ))}
      {refused?.seen !== undefined && differs && (
        <small class="muted line">{WORDS.savedNow({ value: value || said('case').nothingSaid })}</small>
      )}
      {before !== undefined && <small class="muted line">{WORDS.saidBefore({ value: before })}</small>}
    </div>
  );
}

/** Rules that the register may know better than: somebody has to say so. What cannot be has no way past it. */
function Confirm(props: { rules: readonly BrokenRule[]; entries: readonly Entry[] }): Html | null {
  const { rules, entries } = props;
  // What is said of a whole list stands at none of its lines.
  const apart = rules.filter(({ error }) => !entries.some(({ field }) => field === error.field));
  return (
    <>
      {apart.map(({ text }) => (
        <Alert tone="warning" title={text} />
      ))}
      {rules.every(({ impossible }) => !impossible) && (
        <label class="confirm">
          <input type="checkbox" name="_confirmed" value="yes" /> <span>{WORDS.confirm}</span>
        </label>
      )}
    </>
  );
}

/** What stands on the paper that was issued. */
function issuedPage(desk: Desk, c: DeskContext, view: CaseView, at: string): Promise<Response> {
  const { document } = view.shown.de;
  return deskPage(desk, c, {
    title: WORDS.issued,
    section: 'cases',
    body: (
      <>
        <hgroup>
          <p class="muted">{formatNumber(view.number)}</p>
          <h1>{document?.title}</h1>
        </hgroup>
        <p>{WORDS.issuedText({ at: shortInstant(new Date(at)) })}</p>
        <section class="summary answers">
          <Lines lines={document?.fields ?? []} />
        </section>
        <p>
          <a href={`/desk/cases/${view.id}`}>{said('case').back}</a>
        </p>
      </>
    ),
  });
}

/** What was typed, line by line as the paper has them. */
function typedLines({ paper }: CaseView, { form }: Refused): string {
  return (paper?.entries ?? [])
    .flatMap(({ field, said: { de } }) => {
      const typed = Object.values(fieldsAt(field, form)).flat().join(' ');
      return typed === '' ? [] : [`${de.label}: ${typed}`];
    })
    .join('\n');
}

/** The paper's lines to write anew; what the person handed in stays as it is. */
export async function paperPage(
  desk: Desk,
  c: DeskContext,
  refused?: Refused,
  status: ContentfulStatusCode = 200,
): Promise<Response> {
  const view = await opened(desk, c, 'paper');
  if (view instanceof Response) return view;
  const { paper } = view;
  // Where it can be corrected no more, what was typed is shown beside what has happened.
  if (refused?.seen !== undefined && (!paper || paper.issued || isClosed(view.state)))
    return casePage(
      desk,
      c,
      {
        action: 'paper',
        problem: refused.problem,
        text: typedLines(view, refused),
        decision: null,
        seen: refused.seen,
      },
      status,
    );
  if (paper?.issued) return issuedPage(desk, c, view, paper.issued.at);
  if (!paper || isClosed(view.state)) return notFoundPage(desk, c);
  const before = saidBefore(view);
  const names = await namesIn(desk, view);
  return deskPage(desk, c, {
    title: WORDS.correct,
    section: 'cases',
    status,
    body: (
      <>
        <hgroup>
          <p class="muted">{formatNumber(view.number)}</p>
          <h1>{WORDS.correctTitle({ paper: view.shown.de.document?.title ?? '' })}</h1>
        </hgroup>
        <p>{WORDS.correctText}</p>
        {refused?.seen === undefined ? (
          refused && <Alert live tone="error" title={refused.problem} />
        ) : (
          <Faster view={view} names={names} seen={refused.seen} reader={c.get('staff').subject} />
        )}
        <form method="post" action={`/desk/cases/${view.id}/paper`} class="card stack paper-lines" novalidate>
          <input type="hidden" name="_csrf" value={c.get('staff').csrf} />
          <input type="hidden" name="version" value={view.version} />
          {paper.entries.map((entry) => (
            <Line
              entry={entry}
              before={before.get(entry.said.de.label)}
              today={civilDate(desk.clock.now())}
              refused={refused}
            />
          ))}
          {refused?.rules && <Confirm rules={refused.rules} entries={paper.entries} />}
          <p class="toolbar">
            <Button>{WORDS.save}</Button>
            <a href={`/desk/cases/${view.id}`}>{said('case').back}</a>
          </p>
        </form>
      </>
    ),
  });
}

/** Saves corrections, and leads back to the case; what is wrong is shown where it stands, with everything typed. */
export async function correctPaper(desk: Desk, c: DeskContext): Promise<Response> {
  const sent = c.get('form');
  const form: FormFields = Object.fromEntries(
    [...new Set(sent.keys())].map((name) => [name, sent.getAll(name)]),
  );
  const id = c.req.param('id') ?? '';
  try {
    const confirmed = sent.get('_confirmed') === 'yes';
    await desk.cases.correct(id, actorBy(c), Number(sent.get('version')), form, confirmed);
    return c.redirect(`/desk/cases/${id}`, 303);
  } catch (error) {
    if (error instanceof PaperLinesError) {
      const { errors, rules } = error;
      if (rules.length > 0) {
        const problem = rules.some(({ impossible }) => impossible) ? WORDS.impossible : WORDS.againstRules;
        return paperPage(desk, c, { problem, errors: rules.map((rule) => rule.error), form, rules }, 422);
      }
      const problem = errors.length > 0 ? WORDS.wrongLines : WORDS.unchanged;
      return paperPage(desk, c, { problem, errors, form }, 422);
    }
    if (error instanceof VersionConflictError) {
      const seen = Number(sent.get('version'));
      return paperPage(desk, c, { problem: said('notSaved').tooLate, errors: [], form, seen }, 409);
    }
    const tooLate = { action: 'paper', problem: said('notSaved').tooLate, text: '', decision: null };
    if (error instanceof TransitionError || error instanceof CaseNotFoundError)
      return casePage(desk, c, tooLate, 409);
    throw error;
  }
}
