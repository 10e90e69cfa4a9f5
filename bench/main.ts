/** `./amtomat bench [faults|soak]`: measures the office, or shows what it withstands. */
const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  faults: () => import('./faults/run.ts'),
  soak: () => import('./soak.ts'),
};

const name = process.argv[2] ?? '';
const bench = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
try {
  await (bench ?? (() => import('./run.ts')))();
} catch (error) {
  console.error(`amtomat: bench: ${error instanceof Error ? error.message : 'it failed'}`);
  process.exitCode = 1;
}
