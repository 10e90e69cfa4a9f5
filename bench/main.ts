/** `./amtomat bench [faults|soak]`: measures the office, or shows what it withstands. */
const BENCHES: Readonly<Record<string, () => Promise<unknown>>> = {
  faults: () => import('./faults/run.ts'),
  soak: () => import('./soak.ts'),
};

await (BENCHES[process.argv[2] ?? ''] ?? (() => import('./run.ts')))();
