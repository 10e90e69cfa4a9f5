/** The page on which whoever tries the office out tells its stand-ins how to behave. */
export { practiceLetters } from './letters.ts';
export { type PanelParts, panelRoutes } from './routes.tsx';
