import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import sharp, { type Sharp } from 'sharp';
import { acceptUpload } from './index.ts';
import { HEIC } from './photo.fixture.ts';

const rules = { accept: ['image/jpeg', 'image/png'], maxBytes: 10_000_000 };
const verdict = async (bytes: Buffer): Promise<string> => {
  const result = await acceptUpload(bytes, 'a', rules);
  return result.ok ? 'ok' : result.code;
};

const noise = { type: 'gaussian', mean: 128, sigma: 30 } as const;
const photo = (): Sharp =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: '#fff', noise } });
const blank = (background = '#fff'): Sharp =>
  sharp({ create: { width: 1_240, height: 1_754, channels: 3, background } });
/** Of a blank page with two lines, so that encoders have something to do. */
const lines = (): Sharp =>
  blank().composite([
    { input: { create: { width: 700, height: 9, channels: 3, background: '#123' } }, left: 90, top: 200 },
    { input: { create: { width: 300, height: 9, channels: 3, background: '#123' } }, left: 90, top: 1_500 },
  ]);

type Encode = (picture: Sharp) => Promise<Buffer>;
const JPEGS: Readonly<Record<string, Encode>> = {
  JPEG: (picture) => picture.jpeg().toBuffer(),
  'JPEG of a scanner': (picture) => picture.jpeg({ optimiseCoding: false }).toBuffer(),
  'progressive JPEG': (picture) => picture.jpeg({ progressive: true }).toBuffer(),
};
const ENCODERS: Readonly<Record<string, Encode>> = {
  ...JPEGS,
  PNG: (picture) => picture.png().toBuffer(),
  WebP: (picture) => picture.webp().toBuffer(),
  'lossless WebP': (picture) => picture.webp({ lossless: true, effort: 0 }).toBuffer(),
  AVIF: (picture) => picture.avif({ effort: 0 }).toBuffer(),
};

/** As an upload that broke off leaves it in a file that was made long enough before. */
function zeroed(bytes: Buffer, from: number, to = 1): Buffer {
  return Buffer.from(bytes).fill(0, Math.floor(bytes.length * from), Math.floor(bytes.length * to));
}

describe('a picture of which a part is missing', () => {
  for (const [name, encode] of Object.entries(ENCODERS)) {
    it(`is refused as incomplete when it was cut off: ${name}`, async () => {
      const whole = await encode(photo());
      assert.equal(await verdict(whole), 'ok');
      for (const length of [whole.length / 2, whole.length - 200, whole.length - 10])
        assert.equal(await verdict(whole.subarray(0, length)), 'incomplete', `${length}`);
    });

    it(`is refused when zeros stand where it should be: ${name}`, async () => {
      const whole = await encode(photo());
      const gaps = { end: zeroed(whole, 0.5), middle: zeroed(whole, 0.4, 0.6) };
      // The decoder of AVIF finds them by itself, and does not say more.
      const code = name === 'AVIF' ? 'damaged' : 'incomplete';
      for (const [where, bytes] of Object.entries(gaps)) assert.equal(await verdict(bytes), code, where);
    });
  }

  it('is refused when it is a photo of a phone', async () => {
    for (const length of [300, HEIC.length - 10])
      assert.equal(await verdict(HEIC.subarray(0, length)), 'incomplete');
    // A longer one, as far as the file says: the fixture's own data is too short for a gap.
    const [at, length] = [HEIC.indexOf('mdat') + 4, 200];
    const long = Buffer.concat([HEIC.subarray(0, at), Buffer.alloc(length)]);
    const extent = HEIC.indexOf(Buffer.from([0, 0, 0, 0x23]));
    long.writeUInt32BE(length, extent);
    assert.equal(await verdict(long), 'incomplete');
  });
});

describe('a whole picture', () => {
  for (const [name, encode] of Object.entries(ENCODERS)) {
    it(`is taken though most of it is blank: ${name}`, async () => {
      for (const picture of [blank(), blank('#000'), blank('#e8e4d9'), lines()])
        assert.equal(await verdict(await encode(picture)), 'ok');
    });
  }

  for (const [name, encode] of Object.entries(JPEGS)) {
    it(`is taken with what cameras leave in it: ${name}`, async () => {
      const whole = await encode(photo());
      const end = whole.length - 2;
      const restless = Buffer.concat([whole.subarray(0, end), Buffer.alloc(12, 7), whole.subarray(end)]);
      const untidy = {
        'zeros behind its end': Buffer.concat([whole, Buffer.alloc(4_096)]),
        'a second picture behind it': Buffer.concat([whole, whole]),
        'a few bytes before its end': restless,
      };
      for (const [what, bytes] of Object.entries(untidy)) assert.equal(await verdict(bytes), 'ok', what);
    });
  }
});
