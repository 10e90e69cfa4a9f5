/** Stands in for the program that opens files, and does what the file says. */
const eaten: Buffer[] = [];

const DOES: Readonly<Record<string, () => void>> = {
  hang: () => {
    for (;;);
  },
  die: () => process.exit(1),
  eat: () => {
    // Not without end: a test that fails must not take the machine along.
    while (eaten.length < 30) eaten.push(Buffer.alloc(50_000_000, 1));
    for (;;);
  },
};

process.on('disconnect', () => process.exit());
process.on('message', ({ bytes }: { bytes: Uint8Array }) => {
  DOES[Buffer.from(bytes).toString()]?.();
  process.send?.({ ok: true, content: Buffer.from(String(process.pid)) });
});
process.send?.('ready');
