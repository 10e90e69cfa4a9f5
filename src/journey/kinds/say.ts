/** Numbers, dates and yes/no as people read them. */
export { dateWithWeekday, euros, longDate, wholeNumber } from '#language';
export { answerWords as words } from '../said.ts';
