/** Backups of a running office, and bringing one back: database and keys apart, sealed, complete or not there. */
export { BackupError } from './errors.ts';
export { copyKeys, keyFilesIn } from './keys.ts';
export type { Manifest } from './manifest.ts';
export { chosenFrom, together, within } from './places.ts';
export { checkBackup, type Restored, restoreBackup } from './restore.ts';
export { type TakenBackup, takeBackup } from './take.ts';
