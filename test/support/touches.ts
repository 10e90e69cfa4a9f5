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
 * chosen in the calendar, whichever is less.
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
    const entries = step.device.type.map((digits) => digits.length + 1);
    return DEVICE_BEGINS + entries.reduce((sum, each) => sum + each, 0);
  }
  const opens = page.kind === 'portal' ? 1 : 0;
  const fields = touchesOfFields(page, step.fill) - savedByCalendars(page, step.fill, today);
  return signsIn + opens + fields + (goesOnByItself(page) ? 0 : 1);
}

/** A page with one choice, and nothing else to do, goes on when it is made. */
const goesOnByItself = ({ kind, questions }: CompiledPage): boolean =>
  ['questions', 'slot'].includes(kind) && isOneAnswer(questions);

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

/** A calendar takes one touch to open, one for each month on the way, one for the day. Dates known in part are typed. */
function savedByCalendars(page: CompiledPage, fill: Fill, today: IsoDate | undefined): number {
  const saved = page.questions.map((question) => {
    const asks = kindOf(question).asks(question);
    const [month, year] = ['month', 'year'].map((part) => Number(fill[`${question.id}.${part}`]));
    if (asks.as !== 'date' || asks.partial || today === undefined || !month || !year) return 0;
    const months = Math.abs((year - Number(today.slice(0, 4))) * 12 + month - Number(today.slice(5, 7)));
    return Math.max(0, 1 - months);
  });
  return saved.reduce((sum, each) => sum + each, 0);
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
      // The town stands there, and streets are suggested.
      if (asks.within === 'city' && part === 'city') return 0;
      return asks.within === 'city' && part === 'street' ? 2 : 1;
    case 'country':
      return 2;
    case 'nothing':
      return 0;
    default:
      return value === '' ? 0 : 1;
  }
}
