import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testService } from '#test/service';
import { saidAt } from './allowance.ts';

test('that an allowance is used up is said at a question that people see, also where the ID has answered it', () => {
  const service = testService(`
pages:
  - id: who
    kind: identify
    level: high
    questions:
      - { id: degree, kind: text, from: doctoralDegree, optional: true }
      - { id: familyName, kind: name, from: familyName }
      - { id: home, kind: address, from: address }
  - { id: other, kind: questions, questions: [{ id: note, kind: text }] }
identity: high
entitlement: { page: who, holder: [home, familyName], period: year, limits: { "*": 1 } }
`);
  const [who, other] = service.pages;
  assert.ok(who && other);
  assert.equal(saidAt(service, who), 'familyName');
  assert.equal(saidAt(service, other), 'note');
});
