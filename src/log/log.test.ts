import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createLog, errorFacts } from '#log';
import { createClock } from '#time';

it('says where an error happened, not what it quotes', () => {
  const error = Object.assign(new TypeError('duplicate key: (name)=(Łukasz Đặng)'), { code: '23505' });
  const facts = errorFacts(error);
  assert.equal(facts.error, 'TypeError');
  assert.equal(facts.code, '23505');
  assert.match(facts.at?.[0] ?? '', /log\.test\.ts/);
  assert.doesNotMatch(JSON.stringify(facts), /Łukasz/);
});

it('does not repeat a code that is a sentence, nor a message of several lines', () => {
  const error = Object.assign(new Error('line one\n    Łukasz\nline three'), {
    code: 'no such person: Łukasz',
  });
  assert.doesNotMatch(JSON.stringify(errorFacts(error)), /Łukasz|line/);
  assert.deepEqual(errorFacts('Łukasz'), { error: 'string' });
});

it("writes a line with the office's time", () => {
  const lines: string[] = [];
  const clock = createClock(0, () => Date.parse('2026-12-24T09:00:00Z'));
  const log = createLog('warn', clock, { write: (line: string) => void lines.push(line) });
  log.info('not important');
  log.warn({ route: '/x\r\n\u001b[31mfake' }, 'careful');
  assert.equal(lines.length, 1);
  assert.match(
    lines[0] ?? '',
    /^\{"level":40,"time":"2026-12-24T09:00:00\.000Z","route":"\/x\\r\\n\\u001b\[31mfake"/,
  );
  assert.equal(lines[0]?.trimEnd().includes('\n'), false);
});
