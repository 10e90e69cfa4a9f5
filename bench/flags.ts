import { type CallSpec, readCall, refuseCall } from '#call';

/**
 * Reads what follows a bench; all its values are numbers. Ends the program after its help, and for a call that cannot be understood.
 * @param spec of the bench
 * @param argv what follows its name
 * @param defaults what holds for options that are not given
 */
export function numbersOf<const O extends Readonly<Record<string, 'text' | 'flag'>>, Name extends string>(
  spec: CallSpec<O>,
  argv: readonly string[],
  defaults: Readonly<Record<Name, number>>,
): { numbers: Record<Name, number>; flags: ReadonlySet<string> } {
  const call = readCall(spec, argv);
  if (typeof call === 'number') process.exit(call);
  const numbers: Record<Name, number> = { ...defaults };
  const flags = new Set<string>();
  for (const [name, value] of Object.entries(call.options)) {
    if (typeof value !== 'string') flags.add(name);
    else if (/^\d+(?:\.\d+)?$/.test(value) && Number(value) > 0) numbers[name as Name] = Number(value);
    else process.exit(refuseCall(spec, `--${name} ${value} is no number above 0`));
  }
  return { numbers, flags };
}
