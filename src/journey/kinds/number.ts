import { type Kind, wrong } from './kind.ts';
import { wholeNumber } from './say.ts';

/** A whole number of at most 15 digits, which are kept exactly; spaces between digits are fine. */
export const number: Kind = {
  parse: ({ min, max }, input) => {
    const typed = input.one().replace(/\s/g, '');
    if (typed === '') return 'empty';
    if (!/^[-+]?\d{1,15}$/.test(typed)) return wrong('notANumber');
    // "+ 0" makes a typed -0 the same answer as 0.
    const answer = Number(typed) + 0;
    if (min !== undefined && answer < min) return wrong('tooSmall', { min });
    if (max !== undefined && answer > max) return wrong('tooLarge', { max });
    return { answer };
  },
  fields: (_question, answer) => ({ '': [String(answer)] }),
  readable: ({ plain }, answer, { language }) =>
    plain ? String(answer) : wholeNumber(Number(answer), language),
  accepts: (_question, answer) => typeof answer === 'number',
};
