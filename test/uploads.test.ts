import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { sampleFile } from '#play';
import { arrive, type ChosenFile, type Citizen, CONFIRMATION } from '#test/citizen';
import { type Clerk, signIn } from '#test/clerk';
import type { Answer } from '#test/client';
import { type RunningOffice, startRunningOffice } from '#test/running-office';
import { choose } from '#test/sign-in';

const SERVICE = 'wohnungsgeberbestaetigung';
const PAGE = `/service/${SERVICE}/mandate`;

let office: RunningOffice;
let person: Citizen;
let clerk: Clerk;
before(async () => {
  office = await startRunningOffice();
  person = await arrive(office.origin);
  await person.walk(SERVICE, CONFIRMATION, 'mandate');
  clerk = await signIn(office.origin, 'oa');
});
after(() => office.close());

const file = (name: string, content: Buffer | string, mediaType = 'application/pdf'): ChosenFile => ({
  name,
  mediaType,
  content: Buffer.from(content as string),
});
const pdf = sampleFile('sample.pdf')?.content ?? Buffer.alloc(0);
const png = sampleFile('sample.png')?.content ?? Buffer.alloc(0);

/** Sends a file on the page of uploads. */
async function upload(someone: Citizen, chosen: ChosenFile): Promise<string> {
  await someone.open(PAGE);
  const form = someone.form(PAGE);
  form.fill('mandate', chosen);
  await someone.press(form.press({ name: '_action', value: 'next' }));
  return someone.at === 'mandate' ? `${someone.shown.status} ${someone.errors.join()}` : 'taken';
}

/** Hands in with a file. @returns the download of it at the desk, and its path */
async function download(chosen: ChosenFile): Promise<{ answer: Answer; bytes: Buffer; page: string }> {
  const someone = await arrive(office.origin);
  await someone.walk(SERVICE, { ...CONFIRMATION, mandate: chosen });
  const { number } = await someone.handIn(SERVICE);
  await office.work();
  const path = await clerk.find(number);
  const { text: page } = await clerk.get(path ?? '');
  const [link = ''] = /\/desk\/cases\/[0-9a-f-]+\/files\/[0-9a-f-]+/.exec(page) ?? [];
  const answer = await clerk.get(link);
  const cookie = clerk.cookies().join('; ');
  const bytes = Buffer.from(
    await (await fetch(`${office.origin}${link}`, { headers: { cookie } })).arrayBuffer(),
  );
  return { answer, bytes, page };
}

/** A PNG that says to be very large. */
function pngBomb(): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const named = Buffer.concat([Buffer.from(type), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(50_000, 0);
  head.writeUInt32BE(50_000, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const pixels = deflateSync(Buffer.alloc(6_251 * 2_000));
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PDF with one more object, which the table of objects does not know: whoever opens it has to look. */
function pdfWith(object: string, catalog = ''): Buffer {
  const text = pdf.toString('latin1').replace('/Type /Catalog', `/Type /Catalog ${catalog}`);
  const whole = text.replace('xref\n', `9 0 obj\n${object}\nendobj\nxref\n`);
  const table = whole.lastIndexOf('\nxref\n') + 1;
  return Buffer.from(whole.replace(/startxref\n\d+/, `startxref\n${table}`), 'latin1');
}

const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const SCRIPT = '<script>alert(1)</script>';

describe('a file that is not what it says, or more', () => {
  const REFUSED: Record<string, [ChosenFile, RegExp]> = {
    'the EICAR test file as PDF': [file('a.pdf', EICAR), /fileWrongType/],
    'EICAR in a PDF': [
      file('a.pdf', pdfWith('<< /Type /EmbeddedFile >>', '/EmbeddedFiles 9 0 R')),
      /fileActive/,
    ],
    'SVG with script': [
      file('a.svg', `<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`),
      /fileWrongType/,
    ],
    'SVG as PNG': [file('a.png', '<?xml version="1.0"?><svg onload="x()"/>', 'image/png'), /fileWrongType/],
    'HTML as PDF': [file('a.pdf', `<!doctype html>${SCRIPT}`), /fileWrongType/],
    'PDF with script': [
      file('a.pdf', pdfWith('<< /S /JavaScript /JS (app.alert(1)) >>', '/OpenAction 9 0 R')),
      /fileActive/,
    ],
    'PDF that starts a program': [
      file('a.pdf', pdfWith('<< /S /Launch /F (cmd.exe) >>', '/OpenAction 9 0 R')),
      /fileActive/,
    ],
    archive: [file('a.zip', 'PK\x03\x04'.padEnd(100, 'x'), 'application/zip'), /fileWrongType/],
    GIF: [file('a.gif', 'GIF89a'.padEnd(100, 'x'), 'image/gif'), /fileWrongType/],
    'half a picture': [file('a.png', png.subarray(0, 60), 'image/png'), /fileIncomplete/],
    'half a PDF': [file('a.pdf', pdf.subarray(0, 200)), /fileDamaged/],
    'more than the question takes': [
      file('a.pdf', Buffer.concat([pdf, Buffer.alloc(5_100_000, ' ')])),
      /fileTooLarge/,
    ],
  };
  for (const [name, [chosen, code]] of Object.entries(REFUSED)) {
    it(`is refused: ${name}`, async () => {
      const outcome = await upload(person, chosen);
      assert.match(outcome, /^422 mandate: /);
      assert.match(outcome, code);
    });
  }

  it('is refused without filling the memory when it grows', async () => {
    const before = process.memoryUsage().rss;
    assert.match(await upload(person, file('bomb.png', pngBomb(), 'image/png')), /^422 mandate: file/);
    const inflated = deflateSync(Buffer.alloc(200_000_000, '1 0 ')).toString('latin1');
    const stream = `<< /Filter /FlateDecode /Length ${inflated.length} >>\nstream\n${inflated}\nendstream`;
    const bomb = Buffer.from(
      pdfWith(stream)
        .toString('latin1')
        .replace('/Contents 5 0 R', '/Contents 9 0 R')
        .replace(/startxref\n\d+/, 'startxref\n7'),
      'latin1',
    );
    assert.match(await upload(person, file('bomb.pdf', bomb)), /^422 mandate: file/);
    assert.ok(process.memoryUsage().rss - before < 300_000_000);
  });

  it('leaves nothing behind', async () => {
    const kept = () => office.db.selectFrom('draft_file').select('id').orderBy('id').execute();
    const before = await kept();
    assert.match(await upload(person, file('bomb.png', pngBomb(), 'image/png')), /^422/);
    assert.match(await upload(person, file('a.pdf', Buffer.from(SCRIPT))), /^422/);
    assert.deepEqual(await kept(), before);
  });

  it('is taken when only something hangs on a PDF, and that is gone', async () => {
    const archive = Buffer.from('PK\x03\x04'.padEnd(60, '\0'), 'latin1');
    for (const content of [Buffer.concat([Buffer.from(SCRIPT), pdf]), Buffer.concat([pdf, archive])]) {
      const { bytes } = await download(file('a.pdf', content));
      assert.ok(bytes.toString('latin1').startsWith('%PDF-'));
      assert.ok(!bytes.includes('script') && !bytes.includes('PK\x03\x04'));
    }
  });

  it('is more than a visit may send at once, which is said as the person reads', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, CONFIRMATION, 'mandate');
    await choose(someone, 'leicht');
    const form = someone.form(PAGE);
    form.fill('mandate', file('a.pdf', Buffer.alloc(13_000_000, ' ')));
    const { status, text } = await someone.send(form.press());
    assert.equal(status, 413);
    assert.match(text, /<html lang="de" class="leicht"[^>]*>.*Haben Sie eine Datei geschickt\?/s);
    assert.doesNotMatch(text, /too large/);
  });
});

describe('a file at the desk', () => {
  it('is a download that cannot run, under a name that cannot mislead', async () => {
    const name = '../../Vollmacht "<img src=x onerror=alert(1)>"\u202efdp.exe.html';
    const { answer, bytes, page } = await download(file(name, pdf));
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    assert.match(
      answer.headers.get('content-disposition') ?? '',
      /^attachment; filename="[\w.-]+\.pdf"; filename\*=UTF-8''[\w.%-]+\.pdf$/,
    );
    assert.equal(answer.headers.get('content-security-policy'), "sandbox; default-src 'none'");
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.ok(bytes.toString('latin1').startsWith('%PDF-') && !bytes.equals(pdf), 'written anew');
    assert.match(page, /\.pdf<\/bdi><\/a>/);
    assert.doesNotMatch(page, /<img src=x|\.html|\u202e|\.\.\//);
  });

  it('has lost place, camera and everything behind the pixels', async () => {
    const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#c33' } })
      .withExif({ IFD0: { Artist: 'Kanarienvogel' }, IFD3: { GPSLatitude: '49/1 0/1 0/1' } })
      .jpeg()
      .toBuffer();
    const polyglot = Buffer.concat([photo, Buffer.from(`${SCRIPT}Kanarienvogel`)]);
    assert.ok(polyglot.includes('Kanarienvogel'));
    const { answer, bytes } = await download(file('foto.jpg', polyglot, 'text/html'));
    assert.equal(answer.headers.get('content-type'), 'image/jpeg');
    const after = await sharp(bytes).metadata();
    assert.deepEqual([after.width, after.exif], [40, undefined]);
    assert.ok(!bytes.includes('Kanarienvogel') && !bytes.includes('<script'));
  });
});

describe('a file of a draft', () => {
  /** What is kept for the visits that are open. */
  const kept = () => office.db.selectFrom('draft_file').select('id').execute();

  it('is the last one that was chosen, and replaced ones are gone', async () => {
    const before = (await kept()).length;
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, CONFIRMATION, 'mandate');
    for (const chosen of [file('a.pdf', pdf), file('b.png', png, 'image/png')])
      assert.equal(await upload(someone, chosen), 'taken');
    assert.equal((await kept()).length, before + 1);
  });

  it('is not lost when the page is sent in a way that does not count', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, CONFIRMATION, 'mandate');
    assert.equal(await upload(someone, file('a.pdf', pdf)), 'taken');
    await someone.open(PAGE);
    const form = someone.form(PAGE);
    form.fill('mandate', file('b.png', png, 'image/png'));
    const sent = form.press({ name: '_action', value: 'next' });
    const entries = sent.entries.map(
      ([name, value]) => [name, name === '_action' ? 'nothing' : value] as const,
    );
    await someone.send({ ...sent, entries });
    await someone.walk(SERVICE, CONFIRMATION);
    const { number } = await someone.handIn(SERVICE);
    await office.work();
    const { text } = await clerk.get((await clerk.find(number)) ?? '');
    const [link = ''] = /\/desk\/cases\/[0-9a-f-]+\/files\/[0-9a-f-]+/.exec(text) ?? [];
    assert.equal((await clerk.get(link)).status, 200);
  });

  it('is asked for again when it is gone, instead of being handed in without it', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, { ...CONFIRMATION, mandate: file('a.pdf', pdf) });
    await office.db.deleteFrom('draft_file').execute();
    await someone.press(someone.review(SERVICE));
    assert.deepEqual([someone.at, someone.errors.join()], ['mandate', 'mandate: fileDamaged']);
    assert.equal(await upload(someone, file('a.pdf', pdf)), 'taken');
    assert.ok((await someone.handIn(SERVICE)).number);
  });

  it('is one of at most twenty; then a message comes', async () => {
    const someone = await arrive(office.origin);
    await someone.walk(SERVICE, CONFIRMATION, 'mandate');
    await someone.open(PAGE);
    const form = someone.form(PAGE);
    form.fill('mandate', file('a.png', png, 'image/png'));
    const sent = form.press({ name: '_action', value: 'next' });
    const entries = sent.entries.map(
      ([name, value]) => [name, name === '_action' ? 'nothing' : value] as const,
    );
    const [{ id: visit } = { id: '' }] = await office.db
      .selectFrom('visit')
      .select('id')
      .orderBy('started_at', 'desc')
      .limit(1)
      .execute();
    for (let tries = 0; tries < 22; tries += 1) await someone.send({ ...sent, entries });
    const files = await office.db
      .selectFrom('draft_file')
      .select('id')
      .where('visit_id', '=', visit)
      .execute();
    assert.ok(files.length <= 20, `${files.length}`);
  });
});
