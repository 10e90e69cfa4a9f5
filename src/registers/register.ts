/** Why a register gave no answer that can be used. */
export type RegisterProblem = 'unreachable' | 'refused' | 'invalid' | 'tooLate';

const MESSAGES: Record<RegisterProblem, string> = {
  unreachable: 'cannot be reached',
  refused: 'refused the question',
  invalid: 'gave an answer that cannot be trusted',
  tooLate: 'did not answer in time',
};

/** A register gave no answer. Its message names the register and the problem, never a person. */
export class RegisterError extends Error {
  readonly register: string;
  readonly code: RegisterProblem;
  constructor(register: string, code: RegisterProblem) {
    super(`register ${register} ${MESSAGES[code]}`);
    this.name = 'RegisterError';
    this.register = register;
    this.code = code;
  }
}

/** A register of another authority that answers at once. What it answers is for the person asking, and never stored. */
export interface Register<Query, Answer> {
  readonly id: string;
  /**
   * @param signal ends the wait, for example with the visit
   * @throws RegisterError; `tooLate` also when `signal` ended the wait
   */
  ask(query: Query, signal: AbortSignal): Promise<Answer>;
}
