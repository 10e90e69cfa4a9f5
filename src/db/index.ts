/** PostgreSQL: pool, migrations, transactions, and a private server where none is given. */
export { isAway } from './away.ts';
export { copyIn, copyOut } from './copy.ts';
export type { Db, Tx } from './handle.ts';
export { isUuid } from './ids.ts';
export { assertReadable, isMigrated, MIGRATIONS, migrate, migrateUpTo } from './migrate.ts';
export { lastStep, NewerDatabaseError } from './newer.ts';
export { hasDatabase, type OpenDatabase, openDatabase } from './open.ts';
export {
  connectOnce,
  createDb,
  ping,
  poolsOf,
  type SingleConnection,
  takesWrites,
} from './pool.ts';
export { type PrivateOptions, type PrivatePostgres, startPrivatePostgres } from './private/supervisor.ts';
export type * from './schema.ts';
export { reading, together, type Write, writing } from './together.ts';
export { during, HeldError } from './work.ts';
