/** A new municipality: its folder from the few things that nobody can guess. Pure. */
export { type Answers, answersShape, type GivenAnswers, TASKS, type Task } from './answers.ts';
export { readClosing } from './closing.ts';
export { type FoundStreet, filesOf, idOf } from './files.ts';
export { readHours } from './hours-text.ts';
export { foreignAddresses, type Misfit, misfits } from './misfits.ts';
