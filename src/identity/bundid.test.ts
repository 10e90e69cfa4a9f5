import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { inflateRawSync } from 'node:zlib';
import { makeCertificate } from '#sandbox/bundid';
import { ATTRIBUTES } from '#service';
import { ACS_URL, ENTITY_ID, refusal, type Stage, setStage } from './bundid.fixture.ts';
import { createBundId, type Identity, readProviderMetadata } from './index.ts';
import { redirectUrl } from './redirect.ts';

const MINUTE_MS = 60_000;
let stage: Stage;
before(async () => {
  stage = await setStage();
});
after(() => stage.stop());

type Wanted = Parameters<Stage['office']['begin']>[0];

async function identify(person: string, want: Partial<Wanted> = {}): Promise<Identity> {
  const { url, request } = await stage.office.begin({ level: 'low', attributes: ATTRIBUTES, ...want });
  return stage.office.complete((await stage.signIn(url, person)).samlResponse, request);
}

describe('signing in with BundID', () => {
  it('tells who somebody with a German ID card is, and how sure each attribute is', async () => {
    const identity = await identify('hans', { level: 'high' });
    assert.deepEqual(identity, {
      provider: 'bundid',
      level: 'high',
      means: 'idCard',
      at: stage.clock.now().toISOString(),
      attributes: {
        familyName: 'Groß',
        givenNames: 'Hans-Jürgen',
        birthName: 'Groß',
        birthDate: '1958-02-28',
        birthPlace: 'Rastatt',
        nationality: 'DEU',
        address: {
          street: 'Erzbergerstraße',
          houseNumber: '12',
          postcode: '76133',
          city: 'Karlsruhe',
          country: 'DEU',
        },
        doctoralDegree: 'Dr.',
        email: 'hans-juergen.gross@example.org',
      },
      trust: {
        familyName: 'high',
        givenNames: 'high',
        birthName: 'high',
        birthDate: 'high',
        birthPlace: 'high',
        nationality: 'high',
        address: 'high',
        doctoralDegree: 'high',
      },
    });
  });

  it('knows people from the European Union, with a residence permit, and with one name only', async () => {
    const lukasz = await identify('lukasz', { level: 'high' });
    assert.equal(lukasz.attributes.givenNames, 'Łukasz');
    assert.equal(lukasz.attributes.nationality, 'POL');
    assert.equal('address' in lukasz.attributes, false);
    const mai = await identify('mai', { level: 'high' });
    assert.deepEqual([mai.attributes.familyName, mai.attributes.givenNames], ['Đặng', 'Thị Mai']);
    assert.equal(mai.attributes.nationality, 'VNM');
    const suharto = await identify('suharto', { level: 'high' });
    assert.equal(suharto.attributes.familyName, 'Suharto');
    assert.equal('givenNames' in suharto.attributes, false);
  });

  it('knows the level of each means: a password vouches for nothing', async () => {
    const petra = await identify('petra', { level: 'substantial' });
    assert.equal(petra.level, 'substantial');
    assert.equal(petra.trust.familyName, 'substantial');
    const paul = await identify('paul');
    assert.equal(paul.level, 'low');
    assert.equal(paul.attributes.familyName, 'Klein');
    assert.deepEqual(paul.trust, {});
    assert.equal((await identify('mia')).attributes.birthDate, '2011-08-15');
    assert.equal((await identify('jonas', { level: 'high' })).attributes.birthDate, '2010-04-01');
  });

  it('tells the means: three German cards apart, another state’s, ELSTER, a password', async () => {
    const told = Object.fromEntries(
      await Promise.all(
        ['erika', 'sofia', 'mai', 'lukasz', 'petra', 'paul'].map(async (person) => {
          const { means } = await identify(person);
          return [person, means] as const;
        }),
      ),
    );
    assert.deepEqual(told, {
      ...{ erika: 'idCard', sofia: 'eidCard', mai: 'residencePermit' },
      ...{ lukasz: 'eidas', petra: 'elster', paul: 'password' },
    });
  });

  it('gives only what was asked for', async () => {
    const identity = await identify('erika', { attributes: ['birthDate'] });
    assert.deepEqual(identity.attributes, { birthDate: '1964-08-12' });
  });

  it('everybody at the stand-in gets an answer, whatever it is', async () => {
    for (const person of stage.standIn.persons()) {
      const outcome = await identify(person.id).then(
        (identity) => identity.attributes.familyName,
        (error: { code?: string }) => error.code,
      );
      assert.equal(outcome, person.expired ? 'refused' : person.facts.surname, person.id);
    }
  });

  it('brings the relay state back, and the answer to the address of the metadata', async () => {
    const { url } = await stage.office.begin({ level: 'low', attributes: ['email'], relay: 'a&b=c' });
    const { relay, to } = await stage.signIn(url, 'erika');
    assert.deepEqual([relay, to], ['a&amp;b=c', ACS_URL]);
    const tooLong = { level: 'low', attributes: ['email'], relay: 'ä'.repeat(41) } as const;
    await assert.rejects(stage.office.begin(tooLong), RangeError);
    await assert.rejects(stage.office.begin({ level: 'low', attributes: [] }), RangeError);
  });
});

describe('what the office asks', () => {
  async function asked(want: Wanted): Promise<string> {
    const { url } = await stage.office.begin(want);
    const packed = new URL(url).searchParams.get('SAMLRequest') ?? '';
    return inflateRawSync(Buffer.from(packed, 'base64')).toString('utf8');
  }

  it('demands a fresh, temporary sign-in of at least the level, for its own name', async () => {
    const xml = await asked({ level: 'substantial', attributes: ['familyName'] });
    assert.match(xml, /ForceAuthn="true"/);
    assert.match(xml, /Comparison="minimum"><saml:AuthnContextClassRef[^>]*>STORK-QAA-Level-3</);
    assert.match(xml, /<akdb:Elster><akdb:Enabled>true</);
    assert.match(xml, /<akdb:Benutzername><akdb:Enabled>false</);
    assert.match(xml, /<akdb:eIDAS><akdb:Enabled>true</);
    assert.match(xml, /OrganizationDisplayName>Stadt Karlsruhe &amp; Söhne</);
    assert.match(xml, /nameid-format:transient/);
    assert.match(xml, new RegExp(` IssueInstant="${stage.clock.now().toISOString()}"`));
  });

  it('offers only the ways of signing in that are lawful', async () => {
    const cards = ['idCard', 'eidCard', 'residencePermit'] as const;
    const xml = await asked({ level: 'high', means: cards, attributes: ['familyName'] });
    const enabled = [...xml.matchAll(/<akdb:(\w+)><akdb:Enabled>true</g)].map((match) => match[1]);
    assert.deepEqual(enabled, ['eID']);
    const low = await asked({ level: 'low', means: ['elster', 'password'], attributes: ['familyName'] });
    const ways = [...low.matchAll(/<akdb:(\w+)><akdb:Enabled>true</g)].map((match) => match[1]);
    assert.deepEqual(ways, ['Benutzername', 'Elster']);
  });

  it('asks for the attributes of the service, never for the account or its mailbox', async () => {
    const few = await asked({ level: 'high', attributes: ['familyName', 'address'] });
    const names = [...few.matchAll(/RequestedAttribute Name="urn:oid:([\d.]+)"/g)].map((match) => match[1]);
    const address = ['2.5.4.16', '2.5.4.17', '2.5.4.7', '1.2.40.0.10.2.1.1.225599'];
    // Of every sign-in: how sure it is, how it was made, and with which card.
    const technical = ['1.2.40.0.10.2.1.1.261.94', '1.3.6.1.4.1.25484.494450.2', '1.2.40.0.10.2.1.1.552255'];
    assert.deepEqual(names, ['2.5.4.4', ...address, ...technical]);
    const all = await asked({ level: 'low', attributes: ATTRIBUTES });
    assert.doesNotMatch(all, /494450\.3|2\.5\.4\.18"/);
  });
});

describe('a no from BundID', () => {
  it('is told apart: cancelled, refused, level out of reach', async () => {
    for (const [person, code] of [
      ['cancel', 'cancelled status'],
      ['karl', 'refused status'],
      ['petra', 'levelTooLow status'],
      ['mia', 'levelTooLow status'],
      ['paul', 'levelTooLow status'],
    ] as const) {
      const { url, request } = await stage.office.begin({ level: 'high', attributes: ['familyName'] });
      const { samlResponse } = await stage.signIn(url, person);
      assert.equal((await refusal(stage.office, samlResponse, request)).is, code, person);
    }
  });

  it('is said by the office itself when the provider lets people use a means that is not lawful', async () => {
    const cards = ['idCard', 'eidCard', 'residencePermit'] as const;
    for (const [person, means, outcome] of [
      ['lukasz', cards, 'wrongMeans means'],
      ['lukasz', undefined, 'eidas'],
      ['mai', cards, 'residencePermit'],
      ['mai', ['idCard'], 'wrongMeans means'],
      ['sofia', ['idCard', 'residencePermit'], 'wrongMeans means'],
    ] as const) {
      const { url, request } = await stage.office.begin({ level: 'high', means, attributes: ['familyName'] });
      const { samlResponse } = await stage.signIn(url, person);
      const said = await stage.office.complete(samlResponse, request).then(
        (identity) => identity.means,
        (error: { code: string; detail: string }) => `${error.code} ${error.detail}`,
      );
      assert.equal(said, outcome, `${person} where ${means} are lawful`);
    }
  });

  it('counts only for the visit that asked', async () => {
    const want = { level: 'low', attributes: ['email'] } as const;
    const mine = await stage.office.begin(want);
    const { url } = await stage.office.begin(want);
    const { samlResponse } = await stage.signIn(url, 'cancel');
    assert.equal((await refusal(stage.office, samlResponse, mine.request)).is, 'unknownRequest inResponseTo');
  });
});

describe('time', () => {
  const want = { level: 'low', attributes: ['familyName'] } as const;

  it('an answer is good for minutes by the clock of the office, with a little to spare', async () => {
    const { url, request } = await stage.office.begin(want);
    const { samlResponse } = await stage.signIn(url, 'erika');
    stage.clock.move(6 * MINUTE_MS - 1);
    assert.equal((await stage.office.complete(samlResponse, request)).level, 'high');
    const later = await stage.office.begin(want);
    const { samlResponse: second } = await stage.signIn(later.url, 'erika');
    stage.clock.move(6 * MINUTE_MS);
    assert.equal((await refusal(stage.office, second, later.request)).is, 'expired tooLate');
  });

  it('a clock of the provider that is ahead is believed for a minute, not for two', async () => {
    for (const [ahead, outcome] of [
      [MINUTE_MS, 'high'],
      [2 * MINUTE_MS, 'invalid notYetValid'],
    ] as const) {
      const { url, request } = await stage.office.begin(want);
      stage.clock.move(ahead);
      const { samlResponse } = await stage.signIn(url, 'erika');
      stage.clock.move(-ahead);
      const told = await stage.office.complete(samlResponse, request).then(
        ({ level }) => level,
        (error: { code: string; detail: string }) => `${error.code} ${error.detail}`,
      );
      assert.equal(told, outcome);
    }
  });

  it('a request waits half an hour', async () => {
    const { url, request } = await stage.office.begin(want);
    const { samlResponse } = await stage.signIn(url, 'cancel');
    stage.clock.move(30 * MINUTE_MS);
    assert.equal((await refusal(stage.office, samlResponse, request)).is, 'expired tooLate');
  });
});

describe('the practice BundID refuses what the real one would refuse', () => {
  async function reason(url: string): Promise<string | undefined> {
    const page = await fetch(url);
    assert.equal(page.status, 400);
    return /<code>([^<]*)</.exec(await page.text())?.[1];
  }
  const begin = async (office = stage.office): Promise<string> =>
    (await office.begin({ level: 'low', attributes: ['email'], relay: 'r' })).url;

  it('requests that are not signed, changed, seen before, or old', async () => {
    const url = await begin();
    assert.equal(await reason(url.replace(/&Signature=.*/, '')), 'not signed');
    assert.equal(await reason(url.replace('RelayState=r', 'RelayState=s')), 'not signed');
    assert.equal(await reason(`${stage.standIn.origin}/saml/sso`), 'unreadable');
    assert.equal((await fetch(url)).status, 200);
    assert.equal(await reason(url), 'seen before');
    const old = await begin();
    stage.clock.move(5 * MINUTE_MS);
    assert.equal(await reason(old), 'too old');
  });

  it('requests that are signed by the office but lack what BundID demands', async () => {
    const url = new URL(await begin());
    const packed = Buffer.from(url.searchParams.get('SAMLRequest') ?? '', 'base64');
    const xml = inflateRawSync(packed).toString('utf8');
    const ssoUrl = `${stage.standIn.origin}/saml/sso`;
    for (const [change, to, why] of [
      [/<samlp:Extensions[\s\S]*<\/samlp:Extensions>/, '', 'no extension'],
      [/ Version="2">/, ' Version="1">', 'no extension'],
      [/Stadt Karlsruhe &amp; Söhne/, ' ', 'no organisation'],
      [/<akdb:RequestedAttribute [^>]*\/>/g, '', 'no attributes'],
      [ACS_URL, `${ACS_URL}/other`, 'unknown answer address'],
      [/STORK-QAA-Level-1/, 'password', 'no level'],
      [` Destination="${ssoUrl}"`, ' Destination="https://id.example.org/"', 'other destination'],
      [/^/, '<!DOCTYPE a>', 'unreadable'],
    ] as const) {
      const changed = xml.replace(change, to);
      assert.notEqual(changed, xml, why);
      assert.equal(await reason(await redirectUrl(ssoUrl, changed, undefined, stage.keys.key)), why);
    }
  });

  it('services it does not know, and those that sign with another key', async () => {
    const keys = makeCertificate('Fremd', stage.clock);
    const settings = {
      ...{ entityId: ENTITY_ID, acsUrl: ACS_URL, signing: keys, decryption: keys, organisation: 'Fremd' },
      idp: readProviderMetadata(stage.standIn.metadata),
      clock: stage.clock,
      replay: { firstUse: async () => true },
      clockSkewSeconds: 0,
    };
    const elsewhere = createBundId({ ...settings, entityId: 'https://fremd.example.org' });
    assert.equal(await reason(await begin(elsewhere)), 'unknown service');
    assert.equal(await reason(await begin(createBundId(settings))), 'not signed');
  });

  it('a person who is not there, and a second answer to one request', async () => {
    const page = await (await fetch(await begin())).text();
    const action = new URL(/action="([^"]*)"/.exec(page)?.[1] ?? '', stage.standIn.origin);
    const answer = (person: string) =>
      fetch(action, { method: 'POST', body: new URLSearchParams({ person }) }).then(({ status }) => status);
    assert.deepEqual([await answer('nobody'), await answer('erika'), await answer('erika')], [400, 200, 400]);
  });
});

describe('the key of an answer', () => {
  const MGF1P = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
  const OAEP = 'http://www.w3.org/2009/xmlenc11#rsa-oaep';
  const WAYS = [
    { keyCipher: MGF1P, keyDigest: 'sha1' },
    { keyCipher: MGF1P, keyDigest: 'sha256' },
    { keyCipher: MGF1P, keyDigest: 'sha512' },
    { keyCipher: OAEP, keyDigest: 'sha256' },
    { keyCipher: OAEP, keyDigest: 'sha256', keyMask: 'sha256' },
    { keyCipher: OAEP, keyDigest: 'sha512', keyMask: 'sha512' },
  ] as const;
  for (const way of WAYS) {
    it(`may be wrapped with ${JSON.stringify(way)}, and stand in the data or beside it`, async () => {
      for (const keyPlace of ['inside', 'beside', 'referred'] as const) {
        stage.standIn.wrap({ keyMask: undefined, ...way, keyPlace });
        const { url, request } = await stage.office.begin({ level: 'high', attributes: ['familyName'] });
        const { samlResponse } = await stage.signIn(url, 'erika');
        const { level } = await stage.office.complete(samlResponse, request);
        assert.equal(level, 'high', keyPlace);
      }
      stage.standIn.wrap({});
    });
  }
});
