import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import { verify } from '#audit';
import type { Receipt } from '#cases';
import { formatNumber } from '#seal';
import { bulkyWaste, movedIn } from '#test/answers';
import { type Client, hiddenField } from '#test/client';
import { startDesk, type TestDesk } from '#test/desk';

const DAY = 86_400_000;
const EVIL = '"><script>alert(1)</script>';

let desk: TestDesk;
let oa: Client;
let tsk: Client;

async function bulky(familyName = 'Đặng'): Promise<Receipt> {
  const household = {
    street: 'Kaiserstraße',
    houseNumber: `${Math.floor(Math.random() * 9_999)}`,
    familyName,
  };
  return desk.handIn({ service: 'sperrmuell', answers: bulkyWaste(household, await desk.slot('76133')) });
}

async function landlord(name = 'Ada Ünlü'): Promise<Receipt> {
  return desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: movedIn(name) });
}

const pathOf = ({ caseId }: Receipt): string => `/desk/cases/${caseId}`;

/** Sends one of a case page's forms as it stands on the page just loaded. */
async function act(client: Client, receipt: Receipt, action: string, fields: Record<string, string> = {}) {
  const page = await client.get(pathOf(receipt));
  return client.post(`${pathOf(receipt)}/${action}`, {
    _csrf: hiddenField(page.text, '_csrf') ?? '',
    version: hiddenField(page.text, 'version') ?? '',
    ...fields,
  });
}

const stateOf = async ({ caseId }: Receipt) => (await desk.cases.find(caseId))?.state;

before(async () => {
  desk = await startDesk();
  oa = await desk.signIn('oa');
  tsk = await desk.signIn('tsk');
});
after(() => desk.stop());
beforeEach(() => desk.audited());

it('the desk is German, whatever language somebody spoke, and whatever the browser asks for', async () => {
  const [date, answers] = [
    await desk.slot('76133'),
    { street: 'Kaiserstraße', houseNumber: '7', familyName: 'نور' },
  ];
  const receipt = await desk.handIn({
    service: 'sperrmuell',
    answers: bulkyWaste(answers, date),
    language: 'ar',
  });
  for (const path of ['/desk', pathOf(receipt), `${pathOf(receipt)}/nothing`]) {
    const { text } = await tsk.send(path, { headers: { 'accept-language': 'ar' } });
    assert.match(text, /<html lang="de"/, path);
    assert.doesNotMatch(text, /<html[^>]* dir="rtl"/, path);
  }
  const { text } = await tsk.get(pathOf(receipt));
  assert.match(text, /<dt[^>]*>Sprache<\/dt>\s*<dd[^>]*>Arabisch</);
  const arabic = text.replaceAll('نور', '').match(/\p{Script=Arabic}+/gu);
  assert.equal(arabic, null, 'but for what somebody typed');
});

describe('the inbox', () => {
  it('shows the own office its new cases, what is due first on top, with number, service and day', async () => {
    const first = await bulky();
    desk.pass(1_000);
    const second = await bulky();
    desk.pass(4 * DAY);
    oa = await desk.signIn('oa');
    tsk = await desk.signIn('tsk');
    const { text } = await tsk.get('/desk');
    assert.ok(text.indexOf(formatNumber(first.number)) > 0);
    assert.ok(text.indexOf(formatNumber(first.number)) < text.indexOf(formatNumber(second.number)));
    assert.match(text, /Sperrmüll/);
    // The day they come is the day it is due.
    assert.match(
      text,
      /age-soon"><time datetime="2026-11-30">30\.11\.2026<\/time><span class="due-word"> in 3 Tagen/,
    );
    assert.ok(!(await oa.get('/desk')).text.includes(formatNumber(first.number)));
  });

  it('orders by what is due or by what came in, and shows one service alone', async () => {
    const both = await desk.signIn('lead');
    const landlords = await landlord();
    await act(both, landlords, 'take');
    desk.pass(1_000);
    const waste = await bulky();
    await act(both, waste, 'take');
    const place = async (path: string) => {
      const { text } = await both.get(path);
      return [landlords, waste].map(({ number }) => text.indexOf(formatNumber(number)));
    };
    const [late = 0, soon = 0] = await place('/desk?tab=mine');
    assert.ok(0 < soon && soon < late, 'the tour comes before the two weeks are over');
    const [earlier = 0, later = 0] = await place('/desk?tab=mine&order=received');
    assert.ok(0 < earlier && earlier < later);
    const [none, one = 0] = await place('/desk?tab=mine&service=sperrmuell');
    assert.ok(none === -1 && one > 0);
    const alone = (await both.get('/desk?tab=mine&service=sperrmuell')).text;
    assert.match(alone, /Meine<span class="count-badge"> 1</, 'what is counted is what is shown');
    const { text } = await both.get('/desk?tab=mine&service=no-such-thing&order=sideways&after=x~y~z');
    assert.match(text, new RegExp(formatNumber(waste.number)), 'what nobody can have asked for is the usual');
    const done = (await both.get('/desk?tab=done&order=due')).text;
    assert.doesNotMatch(
      done,
      /order=received/,
      'a list without an order of its own changes that of no other',
    );
    const name = (await both.get('/desk?number=Suharto')).text;
    assert.match(name, /Namen sind verschlüsselt/);
    const empty = await both.get('/desk?tab=waiting&service=sperrmuell');
    assert.match(empty.text, /Hier stehen Vorgänge, bei denen Sie die Person etwas gefragt haben/);
    assert.match(empty.text, /<a href="\/desk\?tab=waiting">Vorgänge aller Leistungen zeigen/);
  });

  it('keeps what nobody has to decide on apart, and neither counts it nor says that it is late', async () => {
    const receipt = await landlord();
    const { text } = await oa.get('/desk?tab=noted');
    const [, row = ''] = text.split(`>${formatNumber(receipt.number)}<`);
    assert.match(row.split('</tr>')[0] ?? '', /Zur Kenntnis/);
    assert.doesNotMatch(row.split('</tr>')[0] ?? '', /class="age/);
    assert.match(text, /Neu<span class="count-badge"> 0</);
    assert.match(text, /Zur Kenntnis<\/a>/);
    assert.ok(!(await oa.get('/desk')).text.includes(formatNumber(receipt.number)));
    assert.match((await oa.get(pathOf(receipt))).text, /Zur Kenntnis/);
  });

  it('moves a case from tab to tab as it is worked on', async () => {
    const receipt = await landlord();
    const number = formatNumber(receipt.number);
    const tabsWith = async () => {
      const found: string[] = [];
      for (const tab of ['new', 'noted', 'mine', 'working', 'waiting', 'done']) {
        if ((await oa.get(`/desk?tab=${tab}`)).text.includes(number)) found.push(tab);
      }
      return found.join(' ');
    };
    // Nobody has to decide on a landlord's confirmation: it is there for whoever comes with its code.
    assert.equal(await tabsWith(), 'noted');
    await act(oa, receipt, 'take');
    assert.equal(await tabsWith(), 'mine working');
    await act(oa, receipt, 'release');
    assert.equal(await tabsWith(), 'noted');
    await act(oa, receipt, 'take');
    await act(oa, receipt, 'ask', { text: 'Bitte schicken Sie den Vertrag.' });
    assert.equal(await tabsWith(), 'mine waiting');
    await act(oa, receipt, 'decide', { decision: 'done' });
    assert.equal(await tabsWith(), 'done');
  });

  it('finds a case by its number however it is typed, and no case of another office', async () => {
    const receipt = await landlord();
    const typed = ` ${formatNumber(receipt.number)} `;
    const found = await oa.get(`/desk?number=${encodeURIComponent(typed)}`);
    assert.equal(found.headers.get('location'), pathOf(receipt));
    const foreign = await tsk.get(`/desk?number=${receipt.number}`);
    assert.match(foreign.text, /In Ihrem Amt gibt es keinen Vorgang mit dieser Nummer/);
    const slip = receipt.number.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    assert.match((await oa.get(`/desk?number=${slip}`)).text, /eine Ziffer ist falsch/i);
    assert.match((await oa.get('/desk?number=1234')).text, /9 Ziffern, hier stehen 4/);
  });
});

describe('a case on paper', () => {
  it('says which it is, of when, and that notes are not for everybody', async () => {
    const receipt = await landlord();
    const page = await oa.get(pathOf(receipt));
    assert.match(page.text, new RegExp(`href="${pathOf(receipt)}/print"[^>]*>.*?Drucken`, 's'));
    const print = `${pathOf(receipt)}/print`;
    const before = (await oa.get(print)).text;
    assert.match(before, new RegExp(`<title>Vorgang ${formatNumber(receipt.number)} `));
    assert.match(before, /Stand: \d/);
    assert.doesNotMatch(before, /nur für die Akte/);
    await act(oa, receipt, 'note', { text: 'Rückruf' });
    assert.match((await oa.get(print)).text, /Mit Notizen: nur für die Akte/);
  });
});

describe('a case of another office', () => {
  it('answers like one that does not exist, everywhere, and each try is written down', async () => {
    const receipt = await bulky();
    const unknown = randomUUID();
    await desk.audited();
    for (const end of ['', '/print', `/files/${randomUUID()}`]) {
      const foreign = await oa.get(pathOf(receipt) + end);
      const nothing = await oa.get(`/desk/cases/${unknown}${end}`);
      assert.equal(foreign.status, 404);
      assert.equal(foreign.text, nothing.text);
    }
    assert.deepEqual(
      await desk.audited(),
      Array.from({ length: 3 }, () => [
        `staff:oa case.refused ${receipt.caseId}`,
        `staff:oa case.refused ${unknown}`,
      ]).flat(),
    );
  });

  it('cannot be changed', async () => {
    const receipt = await bulky();
    const _csrf = hiddenField((await oa.get('/desk')).text, '_csrf') ?? '';
    await desk.audited();
    for (const action of ['take', 'accept', 'release', 'note', 'ask', 'decide', 'paper', 'revoke']) {
      const fields = { _csrf, version: '1', text: 'Hallo', decision: 'done' };
      assert.equal((await oa.post(`${pathOf(receipt)}/${action}`, fields)).status, 404, action);
    }
    assert.equal(await stateOf(receipt), 'new');
    const tries = await desk.audited();
    assert.deepEqual([...new Set(tries)], [`staff:oa case.refused ${receipt.caseId}`]);
    assert.equal(tries.length, 8);
  });
});

describe('a case', () => {
  it('is laid out from the service’s pages, with its date, and opening it is written down once', async () => {
    const receipt = await bulky();
    await desk.audited();
    const page = await tsk.get(pathOf(receipt));
    assert.equal(page.status, 200);
    for (const words of ['Kaiserstraße', 'Sofa', 'Đặng', 'Termin', 'Rathaus am Marktplatz', 'Eingereicht']) {
      assert.ok(page.text.includes(words), words);
    }
    assert.deepEqual(await desk.audited(), [`staff:tsk case.read ${receipt.caseId}`]);
    assert.equal(page.headers.get('cache-control'), 'no-store');
  });

  it('that came late says so, and by how much, in its facts and its history', async () => {
    const late = { ...movedIn('Ada Ünlü'), moveIn: '2026-11-05' };
    const receipt = await desk.handIn({ service: 'wohnungsgeberbestaetigung', answers: late });
    const { text } = await oa.get(pathOf(receipt));
    const said = /(\d+ Tage?) nach der Frist, die am 19\.11\.2026 endete/g;
    assert.equal(text.match(said)?.length, 2, text.match(said)?.join());
    assert.ok(!(await oa.get(pathOf(await landlord()))).text.includes('Verspätet'));
  });

  it('goes the whole way: taken, noted, asked, answered, decided', async () => {
    const receipt = await landlord();
    for (const [action, fields] of [
      ['take', {}],
      ['note', { text: 'Vermerk für Kollegen' }],
      ['ask', { text: 'Wer ist Eigentümer?' }],
    ] as const) {
      const answer = await act(oa, receipt, action, fields);
      assert.equal(answer.status, 303, action);
      assert.equal(answer.headers.get('location'), pathOf(receipt));
    }
    assert.equal(await stateOf(receipt), 'waiting');
    await desk.cases.answer(receipt.caseId, { text: 'Ich selbst.', files: [] });
    const isUnread = async () => (await oa.get('/desk?tab=working')).text.includes('Nachricht da');
    assert.equal(await isUnread(), true, 'that its person has said something shows in the list');
    const { text } = await oa.get(pathOf(receipt));
    assert.match(text, /Nachricht da/);
    for (const words of ['Vermerk für Kollegen', 'Wer ist Eigentümer?', 'Ich selbst.', 'Olga Amberger']) {
      assert.ok(text.includes(words), words);
    }
    await act(oa, receipt, 'note', { text: 'Gelesen' });
    assert.equal(await isUnread(), false, 'until somebody does something');
    await act(oa, receipt, 'decide', { decision: 'rejected', text: 'Nicht unser Gebiet.' });
    assert.equal(await stateOf(receipt), 'rejected');
    const closed = (await oa.get(pathOf(receipt))).text;
    assert.match(closed, /Entschieden: Ablehnen/);
    assert.ok(!closed.includes('/decide"') && closed.includes('/note"'));
    assert.equal((await verify(desk.db)).ok, true);
  });

  it('is not rejected without a reason, nor asked without a question', async () => {
    const receipt = await landlord();
    const refused = await act(oa, receipt, 'decide', { decision: 'rejected', text: '  ' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /Bitte begründen Sie die Ablehnung/);
    assert.match(refused.text, /value="rejected" checked/);
    assert.equal((await act(oa, receipt, 'ask', { text: '' })).status, 422);
    const unsaid = await act(oa, receipt, 'decide', { text: 'So ist es.' });
    assert.equal(unsaid.status, 422);
    assert.match(unsaid.text, /Bitte wählen Sie, wie Sie entscheiden/);
    assert.match(unsaid.text, />So ist es\.<\/textarea>/);
    assert.equal((await act(oa, receipt, 'decide', { decision: 'deleted', text: 'x' })).status, 409);
    assert.equal(await stateOf(receipt), 'new');
  });

  it('keeps each text whole, and refuses one that is too long with every word of it', async () => {
    const receipt = await landlord();
    await act(oa, receipt, 'take');
    // As browsers send it: in the field each end of a line is one character.
    const lines = Array.from({ length: 1_000 }, (_, line) => `${line % 10}xy`);
    const saved = await act(oa, receipt, 'note', { text: lines.join('\r\n') });
    assert.equal(saved.status, 303);
    assert.ok((await oa.get(pathOf(receipt))).text.includes(lines.join('\n')));
    const long = `Anfang ${'lang '.repeat(800)}Ende`;
    for (const action of ['note', 'ask', 'decide']) {
      const refused = await act(oa, receipt, action, { text: long, decision: 'rejected' });
      assert.equal(refused.status, 422, action);
      assert.match(refused.text, /Der Text hat 4\.011 Zeichen, mehr als 4\.000 gehen nicht/);
      assert.ok(refused.text.includes(`>${long}</textarea>`), action);
    }
    assert.equal(await stateOf(receipt), 'working');
  });

  it('says clearly when somebody else was faster, and keeps what was typed', async () => {
    const receipt = await landlord();
    const stale = await oa.get(pathOf(receipt));
    const lead = await desk.signIn('lead');
    await act(lead, receipt, 'take');
    const late = await oa.post(`${pathOf(receipt)}/note`, {
      _csrf: hiddenField(stale.text, '_csrf') ?? '',
      version: hiddenField(stale.text, 'version') ?? '',
      text: 'Mein langer Vermerk',
    });
    assert.equal(late.status, 409);
    assert.match(late.text, /Inzwischen ist an diesem Vorgang etwas geschehen.*Lena Adler: Übernommen/s);
    assert.match(late.text, /Mein langer Vermerk<\/textarea>/);
    assert.match(late.text, /Lena Adler/);
    const again = await oa.post(`${pathOf(receipt)}/note`, {
      _csrf: hiddenField(late.text, '_csrf') ?? '',
      version: hiddenField(late.text, 'version') ?? '',
      text: 'Mein langer Vermerk',
    });
    assert.equal(again.status, 303);
  });

  it('is not changed by a form of another site, a missing token, or a body that is no form', async () => {
    const receipt = await landlord();
    const page = await oa.get(pathOf(receipt));
    const good = {
      _csrf: hiddenField(page.text, '_csrf') ?? '',
      version: hiddenField(page.text, 'version') ?? '',
    };
    const { csrf: foreign } = await desk.db
      .selectFrom('staff_session')
      .select('csrf')
      .where('subject', '=', 'tsk')
      .executeTakeFirstOrThrow();
    const tries = [
      await oa.post(`${pathOf(receipt)}/take`, { version: good.version }),
      await oa.post(`${pathOf(receipt)}/take`, { ...good, _csrf: foreign }),
      await oa.post(`${pathOf(receipt)}/take`, good, { 'sec-fetch-site': 'cross-site' }),
      await oa.send(`${pathOf(receipt)}/take`, {
        method: 'POST',
        headers: { origin: 'null', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(good).toString(),
      }),
      await oa.send(`${pathOf(receipt)}/take`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body: JSON.stringify(good),
      }),
    ];
    assert.deepEqual(
      tries.map((answer) => answer.status),
      [403, 403, 403, 403, 403],
    );
    assert.equal(await stateOf(receipt), 'new');
  });

  it('shows whatever was typed as text', async () => {
    const receipt = await landlord(`Ada ${EVIL}`);
    await act(oa, receipt, 'note', { text: EVIL });
    const conflict = await oa.post(`${pathOf(receipt)}/note`, {
      _csrf: hiddenField((await oa.get(pathOf(receipt))).text, '_csrf') ?? '',
      version: '0',
      text: `</textarea>${EVIL}`,
    });
    for (const { text } of [
      await oa.get(pathOf(receipt)),
      await oa.get(`${pathOf(receipt)}/print`),
      await oa.get(`/desk?number=${encodeURIComponent(EVIL)}`),
      await oa.get(`/desk?tab=${encodeURIComponent(EVIL)}`),
      conflict,
    ]) {
      assert.ok(!text.includes('<script>alert'));
    }
  });

  it('can no longer be read when its time is over', async () => {
    const receipt = await landlord();
    await desk.db.updateTable('cases').set({ wrapped_key: null }).where('id', '=', receipt.caseId).execute();
    const page = await oa.get(pathOf(receipt));
    assert.equal(page.status, 410);
    assert.match(page.text, /vernichtet/);
  });
});

describe('a file of a case', () => {
  it('is a download that cannot run, and each is written down', async () => {
    const id = randomUUID();
    const name = 'Vollmacht "Ünlü".pdf';
    const content = Buffer.from('%PDF-1.7 <script>alert(1)</script>');
    const receipt = await desk.handIn({
      service: 'wohnungsgeberbestaetigung',
      answers: movedIn('Ada Ünlü', { file: id, name, mediaType: 'application/pdf', bytes: content.length }),
      files: [{ id, name, mediaType: 'application/pdf', content }],
    });
    const page = await oa.get(pathOf(receipt));
    assert.ok(page.text.includes(`${pathOf(receipt)}/files/${id}`));
    await desk.audited();
    const file = await oa.get(`${pathOf(receipt)}/files/${id}`);
    assert.equal(file.status, 200);
    assert.equal(file.text, content.toString());
    assert.equal(file.headers.get('content-type'), 'application/pdf');
    assert.equal(file.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(file.headers.get('content-security-policy'), "sandbox; default-src 'none'");
    assert.equal(
      file.headers.get('content-disposition'),
      `attachment; filename="Vollmacht_nl_.pdf"; filename*=UTF-8''Vollmacht%20%22%C3%9Cnl%C3%BC%22.pdf`,
    );
    assert.deepEqual(await desk.audited(), [`staff:oa case.read ${receipt.caseId}`]);
    assert.equal((await tsk.get(`${pathOf(receipt)}/files/${id}`)).status, 404);
  });
});
