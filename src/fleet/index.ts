/** Which machines are the city's terminals: registered at the desk with a code, known by a secret of their own. */
export {
  createTerminals,
  type KnownTerminal,
  type Registered,
  type TerminalOverview,
  type Terminals,
} from './terminals.ts';
