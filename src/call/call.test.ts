import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import { BENCH, BENCH_FAULTS, BENCH_SOAK, type Call, readCall, TEST } from '#call';

const SPEC = {
  name: 'mow',
  help: 'how to mow',
  options: { lawn: 'text', height: 'text', quietly: 'flag' },
  words: 1,
} as const;

function read(t: TestContext, argv: readonly string[]) {
  const said = { out: '', errors: '' };
  t.mock.method(console, 'log', (line: string) => {
    said.out += `${line}\n`;
  });
  t.mock.method(console, 'error', (line: string) => {
    said.errors += `${line}\n`;
  });
  const call: Call<typeof SPEC.options> | number = readCall(SPEC, argv);
  return { call, ...said };
}

describe('a call', () => {
  it('is read as it was meant', (t) => {
    const all = ['--lawn', 'back', '--quietly', 'now', '--height=-3'];
    assert.deepEqual(read(t, all).call, {
      options: { lawn: 'back', quietly: true, height: '-3' },
      words: ['now'],
    });
    assert.deepEqual(read(t, ['--', '--lawn']).call, { options: {}, words: ['--lawn'] });
    assert.deepEqual(read(t, []).call, { options: {}, words: [] });
  });

  it('for help is answered whatever stands beside it, and does nothing else', (t) => {
    for (const argv of [['--help'], ['-h'], ['--lawn', 'x', '--help'], ['now', 'then', '-h']])
      assert.deepEqual(read(t, argv), { call: 0, out: 'how to mow\n', errors: '' }, argv.join(' '));
  });

  for (const [argv, why] of [
    [['--lown', 'x'], 'unknown option --lown (is --lawn meant?)'],
    [['--constructor'], 'unknown option --constructor'],
    [['--no-quietly'], 'unknown option --no-quietly'],
    [['-q'], 'unknown option -q'],
    [['--lawn'], '--lawn needs a value'],
    [['--lawn', ''], '--lawn needs a value'],
    [['--lawn='], '--lawn needs a value'],
    [['--lawn', '--quietly'], '--lawn needs a value'],
    [['--quietly=yes'], '--quietly takes no value'],
    [['now', 'then'], 'superfluous word "then"'],
    [['--', 'now', '--help'], 'superfluous word "--help"'],
  ] as const)
    it(`is refused: ${argv.join(' ')}`, (t) => {
      const { call, out, errors } = read(t, argv);
      assert.deepEqual([call, out], [2, '']);
      assert.ok(errors.startsWith(`amtomat: mow: ${why}`), errors);
      assert.match(errors, /\.\/amtomat mow --help/);
    });

  it('with an option that nobody knows is never carried out', (t) => {
    const known = new Set(['lawn', 'height', 'quietly', 'help']);
    const name = fc.stringMatching(/^[a-z]{2,12}$/).filter((one) => !known.has(one));
    fc.assert(
      fc.property(name, fc.boolean(), (one, first) => {
        const argv = first ? [`--${one}`, '--lawn', 'x'] : ['--lawn', 'x', `--${one}`];
        assert.equal(read(t, argv).call, 2);
      }),
    );
  });
});

describe('commands that no built program holds', () => {
  for (const { name, help, options } of [TEST, BENCH, BENCH_FAULTS, BENCH_SOAK])
    it(`say how they are called: ${name}`, () => {
      assert.ok(help.startsWith(`./amtomat ${name}`));
      assert.match(help, /\n\nExample\n {2}\S/);
      for (const option of Object.keys(options)) assert.match(help, new RegExp(`\\n  --${option}\\b`));
    });
});
