import { isIsoDate } from '#time';
import { type Kind, wrong } from './kind.ts';
import { longDate } from './say.ts';

/** Typed in three parts; "1" and "01" are the same day. */
export const date: Kind = {
  parse: (_question, input) => {
    const [day, month, year] = [input.one('day'), input.one('month'), input.one('year')];
    if (day === '' && month === '' && year === '') return 'empty';
    if (day === '') return wrong('dayMissing');
    if (month === '') return wrong('monthMissing');
    // Two digits could be either century: ask instead of guessing.
    if (year === '' || /^\d{1,3}$/.test(year)) return wrong('yearMissing');
    if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^(?:1[89]|2\d)\d\d$/.test(year))
      return wrong('notADate');
    const answer = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isIsoDate(answer) ? { answer } : wrong('notADate');
  },
  fields: (_question, answer) => {
    const [year = '', month = '', day = ''] = String(answer).split('-');
    return { day: [day], month: [month], year: [year] };
  },
  readable: (_question, answer, { language }) => longDate(String(answer), language),
  accepts: (_question, answer) => typeof answer === 'string' && isIsoDate(answer),
};
