import type { VisitDeps } from '#visit';

/** What the pages before any service need of the other rooms. */
export interface HomeDeps extends Pick<VisitDeps, 'city' | 'catalogue' | 'clock'> {
  /** @returns the origin of what a device of this terminal serves itself; undefined where there is none, as at home */
  deviceAt(device: string, terminal: string | undefined): string | undefined;
  /** How people can pay on their own screens. */
  payWays: { pageOrigin: string | undefined };
}
