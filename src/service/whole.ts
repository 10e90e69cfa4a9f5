/** What must fit together in a service as a whole: duties of its fulfilment, and parts that name other parts. */
import { hint, type Source, type SourcePath } from '#source';
import { isPaid } from './fee.ts';
import { PAGE_RULES } from './page-kinds.ts';
import type { Pages } from './pages.ts';
import type { Report } from './report.ts';
import type { PageFile, ServiceFile } from './schema.ts';
import type { Entitlement, ResultDefinition } from './types.ts';

export function checkWhole(source: Source<ServiceFile>, folder: string, pages: Pages, report: Report): void {
  const file = source.value;
  const add = (path: SourcePath, message: string) => report.add(source, path, message);
  if (file.slug !== folder) add(['slug'], `the slug must be the name of the folder, \`${folder}\``);
  if (file.fee.cents > 0 && file.fee.legalBasis === undefined) {
    add(
      ['fee'],
      'legal basis is missing: name the law or fee schedule that sets this fee in `fee.legalBasis`',
    );
  }
  checkFulfilment(file, pages, add);
  if (file.entitlement) checkEntitlement(file.entitlement, file, pages, add);
  checkResult(file, pages, add);
}

type Add = (path: SourcePath, message: string) => void;

function checkFulfilment(file: ServiceFile, pages: Pages, add: Add): void {
  const native = file.fulfilment === 'case' || file.fulfilment === 'register';
  if (native || file.fulfilment === 'device' || (file.fulfilment === 'portal' && file.pages.length > 0)) {
    checkEndings(file, native, add);
    checkIdentity(file, add);
    checkFee(file, pages, add);
  } else checkSignpost(file, add);
  if (file.fulfilment === 'case') checkCase(file, add);
  else {
    if (file.delivery) add(['delivery'], 'only what becomes a case is delivered: remove `delivery`');
    if (file.retention) add(['retention'], 'nothing is kept of this service: remove `retention`');
  }
  if ((file.fulfilment === 'register') !== (file.register !== undefined)) {
    add(['register'], '`fulfilment: register` and `register:`, the register that answers, belong together');
  }
}

/** What is destroyed while it is undecided was promised to somebody. */
function checkRetention(file: ServiceFile, add: Add): void {
  if (file.retention?.start !== 'delivered') return;
  const { code } = file.result ?? {};
  if (!code || file.delivery) {
    add(
      ['retention', 'start'],
      '`start: delivered` is for what is done when it has arrived, a code of this office in `result.code`; what is decided on needs `start: closed`',
    );
  } else if (file.retention.days < code.days) {
    add(
      ['retention', 'days'],
      `the code can be looked up for ${code.days} days, so the case must be kept as long`,
    );
  }
}

function checkCase(file: ServiceFile, add: Add): void {
  checkRetention(file, add);
  if (!file.retention) {
    add([], 'retention is missing: say in `retention:` how long a case is kept, from when, and by which law');
  }
  if (!file.decisions?.length) add([], 'decisions are missing: list in `decisions:` how a clerk can decide');
}

function checkEndings(file: ServiceFile, native: boolean, add: Add): void {
  if (file.pages.length === 0) {
    add(['pages'], native ? 'a service that becomes a case needs pages' : 'a service with steps needs pages');
    return;
  }
  const ending = native ? 'review' : 'finish';
  const at = file.pages.length - 1;
  const last = file.pages[at];
  const handsIn = ({ kind }: PageFile): boolean => PAGE_RULES[kind].completedBy === 'handingIn';
  const reviews = file.pages.filter(handsIn).length;
  if (last?.kind !== ending) {
    const why = native ? 'where people check before they hand in' : 'which says what was done';
    add(['pages', at], `the last page must be of \`kind: ${ending}\`, ${why}`);
  } else if (reviews > (native ? 1 : 0)) {
    const first = file.pages.findIndex(handsIn);
    add(
      ['pages', first],
      native
        ? 'there can be only one review page, and it is the last'
        : 'nothing is handed in here: no review page',
    );
  }
  if (last?.kind === ending && last.when !== undefined)
    add(['pages', at, 'when'], `the ${ending} page is for everybody: remove its \`when\``);
  for (const [index, page] of file.pages.entries()) {
    if (PAGE_RULES[page.kind].completedBy === 'nothing' && page.when === undefined && index < at)
      add(
        ['pages', index],
        'everybody would end here: give this page a `when`, or remove the pages after it',
      );
  }
}

/** What the service says of itself must be what its pages ask for. */
function checkIdentity(file: ServiceFile, add: Add): void {
  const levels = file.pages.flatMap((page) =>
    'level' in PAGE_RULES[page.kind].parts && page.level ? [page.level] : [],
  );
  if (levels.length > 1) add(['pages'], 'there can be only one identify page');
  const [level = 'none'] = levels;
  if (level !== file.identity)
    add(['identity'], `\`identity: ${file.identity}\`, but the pages identify people at level \`${level}\``);
}

function checkFee(file: ServiceFile, pages: Pages, add: Add): void {
  const { each, cents, further, exemptions = [] } = file.fee;
  if (further !== undefined && each === undefined)
    add(['fee', 'further'], 'only with `each` there is more than one piece');
  if (!isPaid(file.fee) && (each !== undefined || exemptions.length > 0))
    add(['fee'], 'what is free is never multiplied and needs no exemption');
  if (cents > 0 && file.fulfilment !== 'case') add(['fee', 'cents'], 'only a case can be paid for');
  if (each !== undefined && pages.questions.get(each)?.kind !== 'number')
    add(
      ['fee', 'each'],
      `\`${each}\` is not a question of kind \`number\`.${hint(each, pages.questions.keys())}`,
    );
}

function checkSignpost(file: ServiceFile, add: Add): void {
  if (file.pages.length > 0)
    add(['pages'], `\`fulfilment: ${file.fulfilment}\` has no pages of its own: write \`pages: []\``);
  if (!file.places?.length) {
    add(
      [],
      `\`fulfilment: ${file.fulfilment}\` needs \`places:\`, where people get it: office, phone or portal`,
    );
  }
  for (const [index, place] of (file.places ?? []).entries()) {
    if (place.kind === 'portal' && !place.ref.startsWith('https://')) {
      add(['places', index, 'ref'], 'a portal needs an address that begins with https://');
    }
  }
}

function checkEntitlement(
  raw: NonNullable<ServiceFile['entitlement']>,
  file: ServiceFile,
  pages: Pages,
  add: Add,
): void {
  const at = file.pages.findIndex((page) => page.id === raw.page);
  if (at < 0) add(['entitlement', 'page'], `there is no page \`${raw.page}\``);
  const names = [...raw.holder.map((id, index) => ({ id, path: ['holder', index] }))];
  if (raw.scopeFrom !== undefined) names.push({ id: raw.scopeFrom, path: ['scopeFrom'] });
  for (const { id, path } of names) {
    const name = pages.conditions.name(id);
    if (name?.what !== 'question') {
      add(['entitlement', ...path], `there is no question \`${id}\`.${hint(id, pages.questions.keys())}`);
    } else if (at >= 0 && name.page > at) {
      add(
        ['entitlement', ...path],
        `\`${id}\` is asked after page \`${raw.page}\`, where the allowance is checked`,
      );
    }
  }
  if (raw.further && raw.answer === undefined)
    add(['entitlement', 'further'], '`further` counts where the allowance is used: it needs `answer:`');
  for (const [index, id] of (raw.further ?? []).entries())
    if (pages.conditions.name(id)?.what !== 'question')
      add(
        ['entitlement', 'further', index],
        `there is no question \`${id}\`.${hint(id, pages.questions.keys())}`,
      );
  const scopes =
    raw.scopeFrom === undefined ? ['*'] : ['*', ...(pages.questions.get(raw.scopeFrom)?.options ?? [])];
  for (const key of Object.keys(raw.limits)) {
    if (!scopes.includes(key)) {
      add(
        ['entitlement', 'limits', key],
        `\`${key}\` is not a scope of this allowance; there are ${scopes.join(', ')}`,
      );
    }
  }
}

function checkResult(file: ServiceFile, pages: Pages, add: Add): void {
  for (const [index, id] of (file.result?.document?.fields ?? []).entries()) {
    const [name = id, part] = id.split('.');
    const inside = pages.questions.get(name)?.questions ?? [];
    if (!pages.conditions.name(name) || (part !== undefined && !inside.some((each) => each.id === part))) {
      const close = hint(id, pages.conditions.names());
      add(
        ['result', 'document', 'fields', index],
        `there is no question or computed value \`${id}\`.${close}`,
      );
    }
  }
  const slot = file.result?.calendar?.slot;
  if (slot !== undefined && pages.questions.get(slot)?.kind !== 'slot') {
    add(['result', 'calendar', 'slot'], `\`${slot}\` is not a question of kind \`slot\``);
  }
}

export function entitlementOf({ entitlement }: ServiceFile): Entitlement | undefined {
  return (
    entitlement && {
      ...entitlement,
      scopeFrom: entitlement.scopeFrom,
      answer: entitlement.answer,
      further: entitlement.further,
    }
  );
}

/** @param next the steps of what happens next, compiled */
export function resultOf(file: ServiceFile, next: ResultDefinition['next']): ResultDefinition {
  const calendar = file.result?.calendar;
  return {
    code: file.result?.code,
    document: file.result?.document && {
      ...file.result.document,
      decided: file.result.document.decided ?? false,
    },
    calendar: calendar && { ...calendar, dayOffset: calendar.dayOffset ?? 0 },
    next,
  };
}
