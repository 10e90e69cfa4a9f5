import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { acceptUpload, type UploadResult } from './index.ts';

const rules = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 10_000_000 };

/** A whole PDF of these objects (number -> body), with a right table of objects. */
function pdf(extra: Record<number, string | Buffer> = {}, catalog = ''): Buffer {
  const objects: Record<number, string | Buffer> = {
    1: `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>',
    ...extra,
  };
  const chunks = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  for (const [number, body] of Object.entries(objects)) {
    chunks.push(Buffer.from(`${number} 0 obj\n`), Buffer.from(body as string), Buffer.from('\nendobj\n'));
  }
  const offset = Buffer.concat(chunks).length;
  chunks.push(
    Buffer.from(`xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R >>\nstartxref\n${offset}\n%%EOF\n`),
  );
  return Buffer.concat(chunks);
}

function packedStream(text: string): Buffer {
  const packed = deflateSync(text);
  return Buffer.concat([
    Buffer.from(`<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from('\nendstream'),
  ]);
}

/** A ZIP archive with one stored file. */
function zip(): Buffer {
  const name = Buffer.from('a.txt');
  const body = Buffer.from('hello');
  const local = Buffer.alloc(30);
  local.write('PK\x03\x04', 0, 'latin1');
  local.writeUInt16LE(20, 4);
  local.writeUInt32LE(crc32(body), 14);
  local.writeUInt32LE(body.length, 18);
  local.writeUInt32LE(body.length, 22);
  local.writeUInt16LE(name.length, 26);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  return Buffer.concat([local, name, body, end]);
}

const picture = (width = 40, height = 20) =>
  sharp({ create: { width, height, channels: 3, background: '#c33' } });
const codeOf = (result: UploadResult) => (result.ok ? 'ok' : result.code);
const verdict = async (bytes: Buffer, name = 'a.pdf') => codeOf(await acceptUpload(bytes, name, rules));

describe('a file a person chose', () => {
  it('is known by its content, whatever it is called', async () => {
    const png = await picture().png().toBuffer();
    const result = await acceptUpload(png, 'vollmacht.pdf', rules);
    assert.ok(result.ok);
    assert.equal(result.file.mediaType, 'image/png');
    assert.equal(result.file.name, 'vollmacht.png');
    for (const text of ['<svg onload="x()"/>', '<html>', 'MZ\x90', 'GIF89a', 'PK\x03\x04', ' %PDF-1.7\n']) {
      assert.equal(await verdict(Buffer.from(text, 'latin1'), 'bild.png'), 'wrongType');
    }
  });

  it('must be of a kind the question takes, not empty, and not too large', async () => {
    const png = await picture().png().toBuffer();
    const only = { accept: ['application/pdf'], maxBytes: 50 };
    assert.equal(codeOf(await acceptUpload(pdf(), 'a.pdf', only)), 'tooLarge');
    assert.equal(codeOf(await acceptUpload(png, 'a', { ...only, maxBytes: 9_999 })), 'wrongType');
    assert.equal(await verdict(Buffer.alloc(0)), 'empty');
    const large = await acceptUpload(Buffer.alloc(5_000_001), 'a', { accept: [], maxBytes: 5_000_000 });
    assert.ok(!large.ok && large.params.maxMegabytes === 5);
  });

  it('gets a name without folders, control characters or a second ending', async () => {
    const named = async (name: string) => {
      const result = await acceptUpload(pdf(), name, rules);
      return result.ok ? result.file.name : undefined;
    };
    assert.equal(await named('../../etc/passwd'), 'passwd.pdf');
    assert.equal(await named('C:\\Users\\x\\Vollmacht Đặng.PDF'), 'Vollmacht Đặng.pdf');
    assert.equal(await named('rechnung\u202efdp.exe'), 'rechnungfdp.pdf');
    assert.equal(await named('a\r\nSet-Cookie: b".pdf'), 'aSet-Cookie_ b_.pdf');
    assert.equal(await named('...'), 'Datei.pdf');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
        const shown = (await named(name)) ?? '';
        assert.match(shown, /^[^/\\\p{C}<>:"|?*;%]{1,100}\.pdf$/u);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a picture', () => {
  it('is written anew: upright, and nothing of place, camera or text is left', async () => {
    const bytes = await picture(40, 20)
      .withExif({ IFD0: { Artist: 'Frau Canary' }, IFD3: { GPSLatitude: '49/1 0/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    assert.ok(bytes.includes('Frau Canary'));
    const result = await acceptUpload(bytes, 'foto.jpg', rules);
    assert.ok(result.ok);
    const after = await sharp(result.file.content).metadata();
    assert.deepEqual(
      [after.width, after.height, after.orientation, after.exif],
      [20, 40, undefined, undefined],
    );
    assert.ok(!result.file.content.includes('Canary'));
  });

  it('keeps nothing that was hung on behind the pixels or hidden in a comment', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const html = Buffer.from('<html><script>alert(1)</script>');
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, html.length + 2]), html]);
    const polyglot = Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2), html, zip()]);
    const result = await acceptUpload(polyglot, 'a.jpg', rules);
    assert.ok(result.ok);
    assert.ok(!result.file.content.includes('script') && !result.file.content.includes('PK\x03\x04'));
  });

  it('is made smaller when it is larger than anybody needs', async () => {
    const result = await acceptUpload(await picture(9_000, 3_000).png().toBuffer(), 'a.png', rules);
    assert.ok(result.ok);
    assert.equal((await sharp(result.file.content).metadata()).width, 4_000);
  });

  it('is refused when it would unpack to a flood of pixels, before it is unpacked', async () => {
    const bomb = await picture(20, 20).png().toBuffer();
    bomb.writeUInt32BE(50_000, 16);
    bomb.writeUInt32BE(50_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    assert.equal(await verdict(bomb), 'tooLarge');
  });

  it('is refused when it cannot be decoded', async () => {
    const png = await picture(300, 300).png().toBuffer();
    const jpeg = await sharp({
      create: {
        width: 300,
        height: 300,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .jpeg()
      .toBuffer();
    assert.equal(await verdict(png.subarray(0, 60)), 'damaged');
    assert.equal(await verdict(jpeg.subarray(0, jpeg.length / 3)), 'damaged');
    assert.equal(
      await verdict(Buffer.concat([jpeg.subarray(0, 3), Buffer.from('no picture at all')])),
      'damaged',
    );
  });
});

describe('a PDF file', () => {
  it('is taken as it is when it only shows pages', async () => {
    const bytes = pdf({ 4: packedStream('5 0 << /Type /Font >>') });
    const result = await acceptUpload(bytes, 'Vollmacht.pdf', rules);
    assert.ok(result.ok);
    assert.deepEqual(result.file.content, bytes);
    assert.equal(await verdict(pdf({}, '/OpenAction [3 0 R /Fit]')), 'ok', 'opens at a page');
  });

  it('is refused when it could run something, hold other files, or is locked', async () => {
    const active = [
      '/OpenAction << /S /JavaScript /JS (app.alert) >>',
      '/OpenAction 4 0 R',
      '/AA << /O << /S /Launch /F (calc.exe) >> >>',
      '/Names << /EmbeddedFiles 4 0 R >>',
      '/AcroForm << /XFA 4 0 R >>',
      '/AcroForm << /A << /S /SubmitForm >> >>',
      '/Encrypt 4 0 R',
      '/X << /S /J#61v#61Script >>',
    ];
    for (const entry of active) assert.equal(await verdict(pdf({}, entry)), 'active', entry);
  });

  it('is refused when the active part is packed away in an object stream', async () => {
    const script = '4 0 << /S /JavaScript /JS (app.alert\\(1\\)) >>';
    assert.equal(await verdict(pdf({ 4: packedStream(script) })), 'active');
    assert.equal(await verdict(pdf({ 4: packedStream(`4 0 ${' '.repeat(5_000)}${script}`) })), 'active');
  });

  it('is refused when it is an archive too', async () => {
    const stream = Buffer.concat([
      Buffer.from('<< /Length 90 >>\nstream\n'),
      zip(),
      Buffer.from('\nendstream'),
    ]);
    assert.equal(await verdict(pdf({ 4: stream })), 'active');
    assert.equal(await verdict(Buffer.concat([pdf(), zip()])), 'damaged');
  });

  it('is refused when it is cut off or its table of objects is not where it says', async () => {
    const whole = pdf();
    assert.equal(await verdict(whole.subarray(0, whole.length - 30)), 'damaged');
    assert.equal(
      await verdict(
        Buffer.from(whole.toString('latin1').replace(/startxref\n\d+/, 'startxref\n7'), 'latin1'),
      ),
      'damaged',
    );
    assert.equal(await verdict(Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF')), 'damaged');
  });

  it('is refused when it unpacks to a flood, or has pages without end', async () => {
    const flood = packedStream(`4 0 ${' '.repeat(60_000_000)}`);
    assert.equal(await verdict(pdf({ 4: flood })), 'tooLarge');
    const pages = Object.fromEntries(
      Array.from({ length: 600 }, (_, index) => [index + 4, '<< /Type /Page >>']),
    );
    assert.equal(await verdict(pdf(pages)), 'tooLarge');
  });

  it('never breaks the check, whatever bytes follow the first five', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        assert.equal(await verdict(Buffer.concat([Buffer.from('%PDF-'), bytes])), 'damaged');
      }),
      { numRuns: 200 },
    );
  });
});
