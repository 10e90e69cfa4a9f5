/**
 * Answers that only another room can give: a file that was taken in, a slot that is held. They come in as `resolved` values,
 * and what is in the form alone is never an answer; an answer given earlier stays while nothing new is sent.
 */
import { isRecord, type Kind } from './kind.ts';
import { dateWithWeekday } from './say.ts';

export const file: Kind = {
  parse: () => 'empty',
  fields: () => ({}),
  readable: (_question, answer) => (isRecord(answer) ? String(answer.name) : ''),
  accepts: (_question, answer) =>
    isRecord(answer) && ['file', 'name', 'mediaType'].every((part) => typeof answer[part] === 'string'),
};

/** How a step outside the form ended. A form that names one says nothing. */
export const outcome: Kind = {
  parse: () => 'empty',
  fields: () => ({}),
  readable: () => '',
  accepts: (question, answer) => typeof answer === 'string' && question.options.includes(answer),
};

export const slot: Kind = {
  parse: (_question, input) =>
    input.one() === '' ? 'empty' : { errors: [{ part: '', code: 'slotFull', params: {} }] },
  fields: (_question, answer) => (isRecord(answer) ? { '': [String(answer.slot)] } : {}),
  readable: (_question, answer, { language }) =>
    isRecord(answer) ? dateWithWeekday(String(answer.date), language) : '',
  accepts: (_question, answer) =>
    isRecord(answer) && typeof answer.slot === 'string' && typeof answer.date === 'string',
};
