/** What an operator would look at before opening, and now and then after it. A new check is a file, a line in `checks/index.ts`, and its sentences in `words/`. */
export type { Ground, State, Words } from './check.ts';
export { createExaminer, examine, type Line, verdict } from './examine.ts';
