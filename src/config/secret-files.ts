import { existsSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';

const OTHERS = 0o077;
const SYSTEMD = '/run/credentials';

/** What systemd hands to one service alone: it keeps others out of the folder, and shows its access list as rights of the group. */
function isCredential(file: string, folder = SYSTEMD): boolean {
  const real = realpathSync(file);
  return [folder, SYSTEMD].some((one) => existsSync(one) && real.startsWith(`${realpathSync(one)}${sep}`));
}

/** With these rights only its owner may read it, which must be the office then. */
function mending(file: string, owner: number): string {
  const own = process.getuid?.() ?? 0;
  return `${own === 0 || own === owner ? '' : `chown ${own} ${file} && `}chmod 600 ${file}`;
}

/** @returns whether others than its owner may read or write a file or folder */
export function isOpenToOthers({ mode }: { mode: number }): boolean {
  return (mode & OTHERS) !== 0;
}

/**
 * @param file that holds a secret
 * @param credentials folder of systemd's credentials (`CREDENTIALS_DIRECTORY`), where there is one
 * @returns what is wrong when others than its owner may read or write it, and how to mend that; undefined when nothing is, or when
 * there is no such file: whoever reads it says so
 */
export function openToOthers(file: string, credentials?: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found || !isOpenToOthers(found) || isCredential(file, credentials)) return undefined;
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0');
  return `${file}: others than its owner may read this secret (mode ${mode}): ${mending(file, found.uid)}`;
}
