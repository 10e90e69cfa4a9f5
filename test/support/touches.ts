/** How often somebody touches the screen of a terminal on the way through a service: worked out from an example journey. */
import { type CompiledQuestion, kindOf } from '#kinds';
import type { CompiledPage, CompiledService, ExampleJourney, JourneyStep } from '#service';
import type { IsoDate } from '#time';
import { isOneAnswer } from '#web';

/** The tile, and "begin". */
const BEGINNING = 2;
/** A page of a device begins with a button, and each entry ends with one; its keys are on the screen, too. */
const DEVICE_BEGINS = 1;

type Fill = JourneyStep['fill'];

/**
 * The rule: a touch is a choice, a plus, a button, a field that somebody goes to, a suggestion that is taken, a key of a PIN.
 * Letters and digits that are typed into a field are none, nor is what happens at other machines or on other screens. Pages
 * that are shown again because something was wrong do not count: who reads makes no mistakes. A date is typed in three fields, or
 * chosen in the calendar, whichever is less; where it is all that a page asks, the calendar is open and leads on.
 * @returns touches from the tile on the first page to the one that ends the way: handed in, answered, finished
 */
export function touchesOf(service: CompiledService, journey: ExampleJourney): number {
  const steps = journey.steps.map((step) => touchesOfStep(service, step, journey.today));
  const { outcome, pay } = journey.expect;
  const handsIn = outcome === 'submitted' || outcome === 'answered' ? 1 : 0;
  return BEGINNING + steps.reduce((sum, each) => sum + each, 0) + handsIn + (pay === undefined ? 0 : 1);
}

function touchesOfStep(
  { pages, slug }: CompiledService,
  step: JourneyStep,
  today: IsoDate | undefined,
): number {
  const page = pages.find(({ id }) => id === step.page);
  if (!page) throw new Error(`${slug} has no page "${step.page}"`);
  const signsIn = step.identify === undefined ? 0 : 1;
  if (Object.keys(step.errors).length > 0) return signsIn;
  if (step.device) {
    return DEVICE_BEGINS + touchesOfEntries(step.device.type);
  }
  const opens = page.kind === 'portal' ? 1 : 0;
  return signsIn + opens + touchesOfPage(page, step.fill, today);
}

/** Each entry ends with a button; only a PIN that is typed twice, one right after the other, goes on by itself. */
function touchesOfEntries(entries: readonly string[]): number {
  const goesOn = (at: number): boolean => [entries[at - 1], entries[at + 1]].includes(entries[at]);
  return entries.reduce((sum, digits, at) => sum + digits.length + (goesOn(at) ? 0 : 1), 0);
}

/** A page with one choice, and nothing else to do, goes on when it is made; where that is a day, when the calendar is touched. */
function touchesOfPage(page: CompiledPage, fill: Fill, today: IsoDate | undefined): number {
  const fields = touchesOfFields(page, fill);
  const goesOn = ['questions', 'slot'].includes(page.kind) && isOneAnswer(page.questions);
  if (!goesOn) return fields - savedByCalendars(page, fill, today) + 1;
  const [months] = page.questions.map((question) => monthsTo(question, fill, today));
  return months === undefined ? fields : Math.min(fields + 1, months + 1);
}

function touchesOfFields(page: CompiledPage, fill: Fill): number {
  let touches = 0;
  const entries = new Set<string>();
  for (const [field, value] of Object.entries(fill)) {
    const [, id = '', , entry, inner, part] = /^(\w+)(\[(\d+)\]\.(\w+))?(?:\.(\w+))?$/.exec(field) ?? [];
    const outer = page.questions.find((question) => question.id === id);
    const question = inner === undefined ? outer : outer?.questions.find((each) => each.id === inner);
    if (!question) throw new Error(`the page "${page.id}" has no field "${field}"`);
    if (entry !== undefined) entries.add(`${id}[${entry}]`);
    touches += touchesOfField(question, part, [value].flat());
  }
  // The first entry of each group is open already.
  const groups = new Set([...entries].map((entry) => entry.split('[')[0]));
  return touches + entries.size - groups.size;
}

/** A calendar behind a button takes one touch to open, one for each month on the way, one for the day. */
function savedByCalendars(page: CompiledPage, fill: Fill, today: IsoDate | undefined): number {
  const months = page.questions.map((question) => monthsTo(question, fill, today));
  return months.reduce<number>((sum, each) => sum + (each === undefined ? 0 : Math.max(0, 1 - each)), 0);
}

/** @returns how many months the calendar is turned to a date that is filled in; undefined for others, and those known in part */
function monthsTo(question: CompiledQuestion, fill: Fill, today: IsoDate | undefined): number | undefined {
  const asks = kindOf(question).asks(question);
  const [month, year] = ['month', 'year'].map((part) => Number(fill[`${question.id}.${part}`]));
  if (asks.as !== 'date' || asks.partial || today === undefined || !month || !year) return undefined;
  return Math.abs((year - Number(today.slice(0, 4))) * 12 + month - Number(today.slice(5, 7)));
}

function touchesOfField(
  question: CompiledQuestion,
  part: string | undefined,
  values: readonly string[],
): number {
  const asks = kindOf(question).asks(question);
  const [value = ''] = values;
  switch (asks.as) {
    case 'options':
      return values.length;
    case 'counted':
      return Number(value);
    case 'count':
      return Math.abs(Number(value) - (asks.start ?? 0));
    case 'address':
      // The town stands there, and streets are suggested; whoever touches one is at the number then.
      if (asks.within === 'city' && (part === 'city' || part === 'houseNumber')) return 0;
      return asks.within === 'city' && part === 'street' ? 2 : 1;
    case 'country':
      return 2;
    case 'nothing':
      return 0;
    default:
      return value === '' ? 0 : 1;
  }
}
