/** Stands in for a program that works apart, and does what it is told. */
const eaten: Buffer[] = [];

const DOES: Readonly<Record<string, () => void>> = {
  hang: () => {
    for (;;);
  },
  burn: () => {
    // Longer than the next piece of work may take, and long enough to be looked at.
    for (const end = process.cpuUsage().user + 400_000; process.cpuUsage().user < end; );
  },
  die: () => process.exit(1),
  grow: () => void eaten.push(Buffer.alloc(320_000_000, 1)),
  eat: () => {
    // Not without end: a test that fails must not take the machine along.
    while (eaten.length < 30) eaten.push(Buffer.alloc(50_000_000, 1));
    for (;;);
  },
};

process.on('disconnect', () => process.exit());
process.on('message', ({ does }: { does: string }) => {
  DOES[does]?.();
  process.send?.({ pid: process.pid });
});
process.send?.('ready');
