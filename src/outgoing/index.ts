/** Requests to other people's machines. Each has an end in time and in size, whatever the other side does. */
export { type Answer, AnswerTooLongError, ask, type Bounds, boundedFetch } from './ask.ts';
