import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import {
  HELLO,
  kept,
  type Objects,
  PACKED,
  packed,
  page,
  pdf,
  pdfWithPackedObject,
  stream,
  updated,
  verdict,
} from './pdf.fixture.ts';

const SCRIPT = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>';
const XML = { 6: stream('<invoice/>', '/Type /EmbeddedFile /Subtype /text#2Fxml') };
const attached = (name: string): string =>
  `/Names << /EmbeddedFiles << /Names [(x) << /Type /Filespec /F (${name}) /UF (${name}) /EF << /F 6 0 R >> >>] >> >>`;

describe('a PDF file', () => {
  it('is written anew: its pages with their text, and nothing else', async () => {
    const bytes = pdf(
      {
        3: page('/Annots [5 0 R] /Metadata 6 0 R /PieceInfo << /X 7 0 R >>'),
        5: '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://canary.example) >> >>',
        6: stream('<canary/>', '/Type /Metadata /Subtype /XML'),
        7: '(canary)',
        8: '<< /Title (canary) /Author (canary) >>',
      },
      { trailer: '/Info 8 0 R', catalog: '/Metadata 6 0 R /OpenAction [3 0 R /Fit]' },
    );
    const content = await kept(bytes);
    assert.notEqual(content, bytes.toString('latin1'));
    assert.doesNotMatch(content, /canary|Annot|Metadata|OpenAction|Info/i);
    assert.ok(content.includes(deflateSync(HELLO).toString('latin1').slice(0, 20)), 'text stays text');
  });

  it('is taken when the words of actions stand in its texts, titles and names only', async () => {
    const harmless: [string, Buffer][] = [
      ['in the text', pdf({ 4: stream('BT /F1 9 Tf (/S /JavaScript /Launch) Tj ET') })],
      [
        'in the title',
        pdf({ 8: '<< /Title (/JavaScript Sound /OpenAction) >>' }, { trailer: '/Info 8 0 R' }),
      ],
      [
        'in a link',
        pdf({
          3: page('/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (x:/JavaScript) >> >>]'),
        }),
      ],
      [
        'as the name of a font',
        pdf({ 3: page().replaceAll('/F1', '/JavaScript'), 4: stream('BT /JavaScript 9 Tf ET') }),
      ],
      [
        'as the role of a heading',
        pdf({}, { catalog: '/StructTreeRoot << /K << /Type /StructElem /S /Sound >> >>' }),
      ],
    ];
    for (const [what, bytes] of harmless) assert.equal(await verdict(bytes), 'ok', what);
  });

  it('is taken when it opens at a place, or has an invoice as XML', async () => {
    const harmless: [string, Buffer][] = [
      ['a place', pdf({}, { catalog: '/OpenAction [3 0 R /XYZ null null 1]' })],
      ['a jump', pdf({ 5: '<< /S /GoTo /D [3 0 R /Fit] >>' }, { catalog: '/OpenAction 5 0 R' })],
      ['an invoice', pdf(XML, { catalog: `${attached('factur-x.xml')} /AF [6 0 R]` })],
      ['no script after all', pdf({}, { catalog: '/Names << /JavaScript null >>' })],
    ];
    for (const [what, bytes] of harmless) assert.equal(await verdict(bytes), 'ok', what);
    assert.doesNotMatch(await kept(pdf(XML, { catalog: attached('factur-x.xml') })), /invoice|EmbeddedFile/);
  });

  it('is taken with a few bytes before its beginning or after its end, and when something was appended', async () => {
    const whole = pdf();
    const shifted = pdf({}, { header: '\n\n%PDF-1.7\n' });
    const harmless: [string, Buffer][] = [
      ['a byte order mark', Buffer.concat([Buffer.from('\ufeff'), whole])],
      ['a line feed', Buffer.concat([Buffer.from('\n'), whole])],
      ['line feeds that are counted', shifted],
      ['a page of HTML behind it', Buffer.concat([whole, Buffer.from('<html>'.repeat(1_000))])],
      ['an update', updated(whole, 4, stream(HELLO.replace('Vollmacht', 'Neu')).toString('latin1'))],
      ['PDF 2.0', pdf({}, { header: '%PDF-2.0\n' })],
    ];
    for (const [what, bytes] of harmless) assert.equal(await verdict(bytes), 'ok', what);
    assert.doesNotMatch(await kept(Buffer.concat([whole, Buffer.from('<html>')])), /html/);
  });

  it('shows what was filled in and drawn on it', async () => {
    const field =
      '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (x) /Rect [9 9 99 29] /F 4 /AP << /N 6 0 R >> >>';
    const drawn = stream('BT /F1 9 Tf (Ausgefüllt) Tj ET', '/Subtype /Form /BBox [0 0 90 20]');
    const bytes = pdf(
      { 3: page('/Annots [5 0 R]'), 5: field, 6: drawn },
      { catalog: '/AcroForm << /Fields [5 0 R] >>' },
    );
    const content = await kept(bytes);
    assert.ok(
      content.includes(
        deflateSync(Buffer.from('BT /F1 9 Tf (Ausgefüllt) Tj ET', 'latin1')).toString('latin1').slice(0, 20),
      ),
    );
    assert.doesNotMatch(content, /AcroForm|Widget/);
  });
});

describe('a PDF file that does something', () => {
  it('is refused, wherever that hangs and however it is spelt', async () => {
    const active: [string, Objects, string?][] = [
      ['a script on opening', {}, `/OpenAction ${SCRIPT}`],
      ['by reference', { 5: SCRIPT }, '/OpenAction 5 0 R'],
      ['in a list of scripts', { 5: SCRIPT }, '/Names << /JavaScript << /Names [(x) 5 0 R] >> >>'],
      ['spelt with numbers', {}, '/OpenAction << /S /J#61v#61Script /#4a#53 (x) >>'],
      ['after a harmless jump', {}, `/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [${SCRIPT}] >>`],
      ['a web page on opening', {}, '/OpenAction << /S /URI /URI (https://x.example) >>'],
      ['a program', {}, '/AA << /WC << /S /Launch /F (calc.exe) >> >>'],
      ['when the page opens', { 3: page('/AA << /O << /S /URI /URI (https://x.example) >> >>') }],
      [
        'a button that sends',
        { 3: page('/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /A << /S /SubmitForm >> >>]') },
      ],
      ['a film', { 3: page('/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]') }],
      ['a form of XML', {}, '/AcroForm << /Fields [] /XFA [] >>'],
      ['a page that lies elsewhere', { 4: stream('', '/F (https://x.example)') }],
      [
        'a page that lies elsewhere, by a description',
        { 4: stream('', '/F << /FS /URL /F (https://x.example) >>') },
      ],
      ['a program for a printer', { 6: stream('() print', '/Type /XObject /Subtype /PS') }],
      ['a program for a printer in a form', { 6: stream('() print', '/Subtype /Form /Subtype2 /PS') }],
      ['another file', { 6: stream('MZ') }, attached('a.exe')],
      ['another file without a type', { 6: stream('MZ') }, '/X << /EF << /F 6 0 R >> >>'],
      ['a file nothing describes', { 6: stream('MZ', '/Type /EmbeddedFile') }, '/X 6 0 R'],
    ];
    for (const [what, objects, catalog = ''] of active)
      assert.equal(await verdict(pdf(objects, { catalog })), 'active', what);
  });

  it('is refused when that is packed into an object stream, behind any filters', async () => {
    const names = Object.keys(PACKED);
    const chains = [[], ...names.map((name) => [name]), ...names.map((name) => [name, 'FlateDecode'])];
    for (const filters of chains)
      assert.equal(
        await verdict(pdfWithPackedObject(SCRIPT, filters, '/OpenAction 6 0 R')),
        'active',
        filters.join(),
      );
    assert.equal(await verdict(pdfWithPackedObject('<< /X 1 >>', ['FlateDecode'], '/X 6 0 R')), 'ok');
  });

  it('is no danger when it has been taken out', async () => {
    const bytes = updated(
      pdf({}, { catalog: `/OpenAction ${SCRIPT}` }),
      1,
      '<< /Type /Catalog /Pages 2 0 R >>',
    );
    assert.doesNotMatch(await kept(bytes), /JavaScript|alert/);
  });
});

describe('a PDF file that cannot be read', () => {
  it('is damaged when it is cut off, or leads nowhere', async () => {
    const whole = pdf();
    const broken: [string, Buffer][] = [
      ['cut off', whole.subarray(0, whole.length - 60)],
      ['half', whole.subarray(0, whole.length / 2)],
      ['no pages', pdf({ 2: '<< /Type /Pages /Kids [] /Count 0 >>' })],
      ['pages in a circle', pdf({ 2: '<< /Type /Pages /Kids [2 0 R] /Count 1 >>' })],
      ['nothing in it', Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF')],
    ];
    for (const [what, bytes] of broken) assert.equal(await verdict(bytes), 'damaged', what);
  });

  it('is taken all the same when only its table of objects is wrong, and all of it is there', async () => {
    const elsewhere = pdf()
      .toString('latin1')
      .replace(/startxref\n\d+/, 'startxref\n7');
    const windows = pdf().toString('latin1').replaceAll('\n', '\r\n');
    for (const text of [elsewhere, windows]) assert.equal(await verdict(Buffer.from(text, 'latin1')), 'ok');
    const without = elsewhere.replace('4 0 obj', '4 0 xxx');
    assert.equal(await verdict(Buffer.from(without, 'latin1')), 'damaged', 'its text is missing');
    const active = elsewhere.replace('/Catalog', `/Catalog /OpenAction ${SCRIPT}`);
    assert.equal(await verdict(Buffer.from(active, 'latin1')), 'active');
  });

  it('is empty when nothing stands on any page', async () => {
    const bare = '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>';
    const two = (second: string): Objects => ({
      2: '<< /Type /Pages /Kids [5 0 R 3 0 R] /Count 2 >>',
      3: second,
      5: bare,
    });
    assert.equal(await verdict(pdf({ 3: bare })), 'empty');
    assert.equal(await verdict(pdf({ 4: stream(' \n') })), 'empty');
    assert.equal(await verdict(pdf(two(page().replace('4 0 R', '[6 0 R 6 0 R]')))), 'empty');
    assert.equal(await verdict(pdf(two(page()))), 'ok', 'the back of a sheet');
  });

  it('never breaks what opens it, whatever bytes follow the first five', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        assert.equal(await verdict(Buffer.concat([Buffer.from('%PDF-'), bytes])), 'damaged');
      }),
      { numRuns: 40 },
    );
  });

  it('is refused when it unpacks to a flood', async () => {
    const flood = deflateSync(Buffer.alloc(450_000_000, ' '));
    const floods: [string, Buffer][] = [
      ['a page', pdf({ 4: stream(flood, '/Filter /FlateDecode') })],
      [
        'a picture',
        pdf({
          3: page().replace('/Font', '/XObject << /I 5 0 R >> /Font'),
          5: stream('x', '/Subtype /Image /Width 90000 /Height 90000'),
        }),
      ],
      ['objects', pdfWithPackedObject(`(${'x'.repeat(110_000_000)})`, ['FlateDecode'], '/X 6 0 R')],
      ['pages', pdf({ 2: `<< /Type /Pages /Count 900 /Kids [${'3 0 R '.repeat(900)}] >>` })],
    ];
    for (const [what, bytes] of floods) assert.equal(await verdict(bytes), 'flood', what);
    const doubling = Object.fromEntries(
      Array.from({ length: 25 }, (_, level) => [
        10 + level,
        `<< /Type /Pages /Count 1 /Kids [${11 + level} 0 R ${11 + level} 0 R] >>`,
      ]),
    );
    assert.equal(
      await verdict(pdf({ ...doubling, 2: '<< /Type /Pages /Kids [10 0 R] >>', 35: page() })),
      'flood',
    );
  });

  it('does no harm with words that only look like a file', async () => {
    assert.equal(await verdict(Buffer.from(`%PDF-1.7\n${'stream\n'.repeat(430_000)}`)), 'damaged');
    assert.equal(await verdict(Buffer.from(`%PDF-1.7\n1 0 obj\n${'<< /A '.repeat(500_000)}`)), 'damaged');
    assert.equal(await verdict(pdf({ 5: `${'['.repeat(1_000_000)}` })), 'ok', 'nothing leads there');
  });
});

it('a content stream packed twice is counted as what it is in the end', async () => {
  const chain = packed(Buffer.alloc(70_000_000, 32), ['FlateDecode', 'FlateDecode']);
  assert.equal(await verdict(pdf({ 4: chain })), 'flood');
});
