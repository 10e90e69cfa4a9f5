import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { FORGERIES, type Forgery } from '#sandbox/bundid';
import { ATTRIBUTES } from '#service';
import { refusal, type Stage, setStage } from './bundid.fixture.ts';
import { createReplayGuard, sweepUsedAssertions } from './index.ts';

let stage: Stage;
before(async () => {
  stage = await setStage();
});
after(() => stage.stop());

const want = { level: 'high', attributes: ATTRIBUTES } as const;

/** Every forgery, and the check that has to stop it. */
const STOPPED: Record<Forgery, string> = {
  unsigned: 'invalid signature',
  unsignedStatus: 'invalid signature',
  wrongKey: 'invalid signature',
  signedInsideOnly: 'invalid signature',
  weakSignature: 'invalid algorithm',
  wrongIssuer: 'invalid issuer',
  wrongIssuerInside: 'invalid issuer',
  wrongAudience: 'invalid audience',
  wrongRecipient: 'invalid destination',
  wrongDestination: 'invalid destination',
  otherRequest: 'unknownRequest inResponseTo',
  otherRequestInside: 'unknownRequest inResponseTo',
  expired: 'expired tooLate',
  confirmationExpired: 'expired tooLate',
  notYetValid: 'invalid notYetValid',
  oldSignIn: 'expired tooLate',
  lowLevel: 'levelTooLow level',
  differentLevels: 'levelTooLow level',
  passwordAsHigh: 'levelTooLow level',
  unknownLevel: 'invalid level',
  doubledAttribute: 'invalid structure',
  unencrypted: 'invalid notEncrypted',
  weakContentCipher: 'invalid algorithm',
  weakKeyCipher: 'invalid algorithm',
  foreignKey: 'invalid decryption',
  brokenPadding: 'invalid decryption',
  weakKeyDigest: 'invalid algorithm',
  twoKeys: 'invalid structure',
  keyFromElsewhere: 'invalid structure',
  keyAmongExtensions: 'invalid structure',
  tamperedFrame: 'invalid signature',
  tamperedCipher: 'invalid signature',
  swappedAssertion: 'invalid signature',
  doctype: 'invalid syntax',
  entityBomb: 'invalid syntax',
  brokenXml: 'invalid syntax',
  deepXml: 'invalid size',
  oversized: 'invalid size',
  wrapped1: 'invalid structure',
  wrapped2: 'invalid structure',
  wrapped3: 'invalid structure',
  wrapped4: 'invalid structure',
  wrapped5: 'invalid structure',
  wrapped6: 'invalid structure',
  wrapped7: 'invalid structure',
  wrapped8: 'invalid structure',
};

for (const forgery of FORGERIES) {
  it(`refuses a forged answer: ${forgery}`, async () => {
    const { url, request } = await stage.office.begin(want);
    const samlResponse = await stage.standIn.forge(forgery, url);
    const { is, error } = await refusal(stage.office, samlResponse, request);
    assert.equal(is, STOPPED[forgery]);
    const said = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
    assert.doesNotMatch(said, /Mustermann|Mallory|Erika|Gabler|1984|Karl-Friedrich|CipherValue/);
  });
}

it('refuses what is no answer at all', async () => {
  const { request } = await stage.office.begin(want);
  for (const text of ['', '!', 'PGE+', Buffer.from('<a/>').toString('base64'), '/////w==']) {
    const { error } = await refusal(stage.office, text, request);
    assert.equal(error.code, 'invalid', JSON.stringify(text));
  }
});

it('accepts an answer once, also when it is posted many times at once', async () => {
  const { url, request } = await stage.office.begin(want);
  const { samlResponse } = await stage.signIn(url, 'erika');
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => stage.office.complete(samlResponse, request)),
  );
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await refusal(stage.office, samlResponse, request)).is, 'replayed used');
});

it('does not answer one visit with the sign-in of another', async () => {
  const mine = await stage.office.begin(want);
  const other = await stage.office.begin(want);
  const { samlResponse } = await stage.signIn(other.url, 'erika');
  assert.equal((await refusal(stage.office, samlResponse, mine.request)).is, 'unknownRequest inResponseTo');
  assert.equal((await stage.office.complete(samlResponse, other.request)).level, 'high');
});

it('keeps of used answers a hash, and only until their time is over', async () => {
  const { db } = stage.database;
  const guard = createReplayGuard(db);
  await sweepUsedAssertions(db, new Date('2100-01-01T00:00:00Z'));
  const until = new Date('2027-03-01T10:00:00Z');
  assert.deepEqual([await guard.firstUse('a', until), await guard.firstUse('a', until)], [true, false]);
  await sweepUsedAssertions(db, new Date(until.getTime() - 1));
  const [row, ...more] = await db.selectFrom('used_assertion').selectAll().execute();
  assert.deepEqual([row?.hash.length, more.length], [32, 0]);
  await sweepUsedAssertions(db, until);
  assert.equal(await guard.firstUse('a', until), true);
});
