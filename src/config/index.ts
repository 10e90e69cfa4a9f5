/** What an office node is told from outside: flags and environment, read once, checked as a whole. */
export { homeFolder, loadConfig, programVersion, readConfig } from './config.ts';
export type { Connections } from './connections.ts';
export { ConfigError } from './problems.ts';
export { keyProblems, openKeyProblems } from './production.ts';
export { isOpenToOthers } from './secret-files.ts';
export type { Config, LogLevel } from './settings.ts';
