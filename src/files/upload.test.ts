import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { acceptUpload, type UploadResult } from './index.ts';
import { pdf } from './pdf.fixture.ts';
import { HEIC } from './photo.fixture.ts';

const rules = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 10_000_000 };

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
    for (const text of [
      '<svg onload="x()"/>',
      '<html>',
      'MZ\x90',
      'GIF89a',
      'PK\x03\x04',
      `${' '.repeat(1_100)}%PDF-1.7\n`,
    ]) {
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
    const bytes = await picture(1, 1).png().toBuffer();
    const named = async (name: string) => {
      const result = await acceptUpload(bytes, name, rules);
      return result.ok ? result.file.name : undefined;
    };
    assert.equal(await named('../../etc/passwd'), 'passwd.png');
    assert.equal(await named('C:\\Users\\x\\Vollmacht Đặng.PDF'), 'Vollmacht Đặng.png');
    assert.equal(await named('rechnung\u202efdp.exe'), 'rechnungfdp.png');
    assert.equal(await named('a\r\nSet-Cookie: b".png'), 'aSet-Cookie_ b_.png');
    assert.equal(await named('...'), 'Datei.png');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
        const shown = (await named(name)) ?? '';
        assert.match(shown, /^[^/\\\p{C}<>:"|?*;%]{1,100}\.png$/u);
      }),
      { numRuns: 40 },
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

  it('is never written larger than a file may be: with less in it, or refused', async () => {
    const noise = (mean: number) =>
      sharp({
        create: {
          width: 1_800,
          height: 1_800,
          channels: 3,
          background: '#fff',
          noise: { type: 'gaussian', mean, sigma: 40 },
        },
      });
    for (const bytes of [
      await noise(128).jpeg({ quality: 45 }).toBuffer(),
      await noise(100).webp({ quality: 40 }).toBuffer(),
    ]) {
      const result = await acceptUpload(bytes, 'a.jpg', { ...rules, maxBytes: bytes.length + 10 });
      assert.ok(result.ok ? result.file.content.length <= bytes.length + 10 : result.code === 'grown');
    }
    const bytes = await noise(128).jpeg({ quality: 45 }).toBuffer();
    const kept = await acceptUpload(bytes, 'a.jpg', { ...rules, maxBytes: Math.ceil(bytes.length * 1.2) });
    assert.ok(kept.ok && kept.file.content.length <= bytes.length * 1.2);
    const dense = await sharp({
      create: {
        width: 400,
        height: 400,
        channels: 3,
        background: '#fff',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .webp({ quality: 5 })
      .toBuffer();
    const grown = await acceptUpload(dense, 'a.webp', { ...rules, maxBytes: dense.length });
    assert.deepEqual(grown.ok ? 'ok' : [grown.code, grown.params], [
      'grown',
      { maxMegabytes: Math.floor(dense.length / 100_000) / 10 },
    ]);
  });

  it('is refused when it would unpack to a flood of pixels, before it is unpacked', async () => {
    const bomb = await picture(20, 20).png().toBuffer();
    bomb.writeUInt32BE(50_000, 16);
    bomb.writeUInt32BE(50_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    assert.equal(await verdict(bomb), 'pixels');
  });

  it('may have the pixels of a page that was scanned very finely, and no more', async () => {
    const taken = { 'A4 at 600 dpi': [4_960, 7_016], 'a phone with 50 megapixels': [8_160, 6_120] } as const;
    for (const [what, [width, height]] of Object.entries(taken))
      assert.equal(await verdict(await picture(width, height).jpeg().toBuffer()), 'ok', what);
    const refused = await acceptUpload(await picture(9_990, 9_990).jpeg().toBuffer(), 'a.jpg', rules);
    assert.ok(!refused.ok);
    assert.deepEqual([refused.code, refused.params], ['pixels', { maxMegapixels: 50 }]);
  });

  it('in a format that takes much memory to decode may have fewer', async () => {
    const avif = await picture(5_100, 5_000).avif({ effort: 0 }).toBuffer();
    const refused = await acceptUpload(avif, 'a.avif', rules);
    assert.ok(!refused.ok);
    assert.deepEqual([refused.code, refused.params], ['pixels', { maxMegapixels: 25 }]);
  });

  it('is refused when it cannot be decoded', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const none = Buffer.from('no picture at all');
    assert.equal(await verdict(Buffer.concat([jpeg.subarray(0, 3), none])), 'damaged');
  });

  it('of a phone is taken and kept as JPEG, in whatever newer format', async () => {
    const photos: [string, Buffer][] = [
      ['IMG_1.HEIC', HEIC],
      ['b.webp', await picture(48, 32).webp().toBuffer()],
      ['c.avif', await picture(48, 32).avif().toBuffer()],
    ];
    for (const [name, bytes] of photos) {
      const result = await acceptUpload(bytes, name, rules);
      assert.ok(result.ok, name);
      assert.deepEqual([result.file.mediaType, result.file.name.slice(-4)], ['image/jpeg', '.jpg']);
      const { format, width, height } = await sharp(result.file.content).metadata();
      assert.deepEqual([format, width, height], ['jpeg', 48, 32]);
    }
    assert.equal(
      codeOf(await acceptUpload(HEIC, 'a', { ...rules, accept: ['application/pdf'] })),
      'wrongType',
    );
  });

  it('of a phone shows what was photographed', async () => {
    const result = await acceptUpload(HEIC, 'a.heic', rules);
    assert.ok(result.ok);
    const { data, info } = await sharp(result.file.content).raw().toBuffer({ resolveWithObject: true });
    const [left = 0, right = 0] = [data[0], data[(info.width - 1) * info.channels]];
    assert.ok(left > 150 && right < 100, 'red on the left, blue on the right');
  });

  it('that says to be a photo of a phone and is none gets words of its own', async () => {
    assert.equal(await verdict(Buffer.concat([HEIC.subarray(0, 28), Buffer.from('and nothing')])), 'photo');
  });
});
