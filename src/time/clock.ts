/** Gives the present instant. The only source of time in the office. */
export interface Clock {
  now(): Date;
}

const SHIFT = /^([+-])(\d+)([smhd])$/;
/** Days on which the office can reckon: deadlines, holidays and years of birth stay dates that can be written. */
const EARLIEST_MS = Date.UTC(1970, 0, 1);
const LATEST_MS = Date.UTC(3000, 0, 1);
const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * Reads `AMTOMAT_CLOCK`: an instant with offset (`2026-12-24T10:00:00+01:00`: the clock starts there and runs on)
 * or a shift (`+3d`, `-2h`, `+90m`, `+30s`).
 * @param setting the text of the setting, or undefined for the real time
 * @param startedAt the real time in milliseconds
 * @returns the offset in milliseconds to add to the real time
 * @throws Error when the setting is neither, or leads out of the years 1970 to 2999
 */
export function parseClockSetting(setting: string | undefined, startedAt: number): number {
  if (setting === undefined || setting === '') return 0;
  const offset = offsetOf(setting, startedAt);
  const there = startedAt + offset;
  if (there >= EARLIEST_MS && there < LATEST_MS) return offset;
  throw new Error(`AMTOMAT_CLOCK="${setting}" leads out of the years from 1970 to 2999`);
}

function offsetOf(setting: string, startedAt: number): number {
  const shift = SHIFT.exec(setting);
  if (shift) {
    const [, sign, amount, unit] = shift;
    const size = Number(amount) * UNIT_MS[unit as keyof typeof UNIT_MS];
    return sign === '-' ? -size : size;
  }
  const instant = /(?:Z|[+-]\d\d:\d\d)$/.test(setting) ? Date.parse(setting) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new Error(
      `AMTOMAT_CLOCK="${setting}" is neither a shift such as +3d nor an instant such as 2026-12-24T10:00:00+01:00`,
    );
  }
  return instant - startedAt;
}

/**
 * @param offsetMs milliseconds added to the real time
 * @param realNow the real time in milliseconds, replaceable for tests
 */
export function createClock(offsetMs = 0, realNow: () => number = Date.now): Clock {
  return { now: () => new Date(realNow() + offsetMs) };
}
