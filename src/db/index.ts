/** PostgreSQL: pool, migrations, transactions, and a private server where none is given. */
export { isAway } from './away.ts';
export { isMigrated, migrate } from './migrate.ts';
export { type OpenDatabase, openDatabase } from './open.ts';
export { createDb, type Db, ping, type Tx } from './pool.ts';
export { type PrivateOptions, type PrivatePostgres, startPrivatePostgres } from './private/supervisor.ts';
export type * from './schema.ts';
