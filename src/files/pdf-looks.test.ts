import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { kept, type Objects, page, pdf, stream, unpackedObjects, verdict } from './pdf.fixture.ts';

/** What a field is made of; the form it is in has fonts with a table of the West, and without a table. */
const form = (field: string, more = '/NeedAppearances true'): Buffer =>
  pdf(
    {
      3: page('/Annots [5 0 R]'),
      5: `<< /Type /Annot /Subtype /Widget /T (a) /Rect [50 600 300 630] ${field} >>`,
      6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
      7: stream('BT /F1 9 Tf (drawn) Tj ET', '/Subtype /Form /BBox [0 0 90 20]'),
    },
    {
      catalog: `/AcroForm << /Fields [5 0 R] /DA (/W 12 Tf 0 g) /DR << /Font << /F1 9 0 R /W 6 0 R >> >> ${more} >>`,
    },
  );
/** The page with something on it that is no part of it. */
const noted = (annotation: string): Buffer =>
  pdf({
    3: page('/Annots [5 0 R]'),
    5: `<< /Type /Annot /Rect [50 400 300 450] ${annotation} >>`,
    7: stream('0 0 9 9 re f (drawn) Tj', '/Subtype /Form /BBox [0 0 90 20]'),
  });
const UMLAUT = '<FEFF004D00FC006C006C00650072>';

describe('what stands on the pages of a PDF file without belonging to them', () => {
  it('is drawn onto them when the file says how it looks', async () => {
    const drawn: [string, Buffer][] = [
      ['a stamp', noted('/Subtype /Stamp /AP << /N 7 0 R >>')],
      ['a drawn signature', noted('/Subtype /Ink /InkList [[1 1 9 9]] /AP << /N 7 0 R >>')],
      ['a field with letters of any kind', form(`/FT /Tx /V ${UMLAUT} /AP << /N 7 0 R >>`, '')],
      ['a field of many lines', form('/FT /Tx /Ff 4096 /V (a\nb) /AP << /N 7 0 R >>', '')],
      ['a ticked box', form('/FT /Btn /V /Yes /AS /Yes /AP << /N << /Yes 7 0 R >> >>', '')],
    ];
    for (const [what, bytes] of drawn) assert.match(unpackedObjects(await kept(bytes)), /\(drawn\) Tj/, what);
  });

  it('is set onto them when it is one line in letters that the font has', async () => {
    const value = async (field: string): Promise<string> => unpackedObjects(await kept(form(field)));
    assert.match(await value('/FT /Tx /V (Kowalczyk)'), /\(Kowalczyk\) Tj/);
    assert.match(await value('/FT /Tx /V (Kowalczyk) /DA (/F1 0 Tf)'), /\(Kowalczyk\) Tj/);
    assert.match(await value(`/FT /Tx /V ${UMLAUT}`), /\(M\xfcller\) Tj|<4dfc6c6c6572> Tj/);
    assert.match(await value('/FT /Tx /V <FEFF016000E920AC>'), /<8ae980> Tj/);
    assert.match(await value('/FT /Ch /Ff 131072 /Opt [(ja) (nein)] /V (nein)'), /\(nein\) Tj/);
  });

  it('is refused when it would be missing or another: nobody is handed an emptier page', async () => {
    const lost: [string, Buffer][] = [
      ['a free text', noted('/Subtype /FreeText /Contents (Text) /DA (/F1 14 Tf)')],
      ['a signature drawn with the finger', noted('/Subtype /Ink /InkList [[60 300 100 350]]')],
      ['a line through a word', noted('/Subtype /StrikeOut /QuadPoints [0 0 9 0 0 9 9 9]')],
      ['a picture whose state is not told', noted('/Subtype /Stamp /AP << /N << /On 7 0 R >> >>')],
      ['letters the font may not have', form(`/FT /Tx /DA (/F1 12 Tf) /V ${UMLAUT}`)],
      ['letters beyond the West', form('/FT /Tx /V <FEFF01410151>')],
      ['many lines', form('/FT /Tx /Ff 4096 /V (a\nb)')],
      ['one box for each letter', form('/FT /Tx /Ff 16777216 /MaxLen 9 /V (12345)')],
      ['a font that is not there', form('/FT /Tx /DA (/Helv 12 Tf) /V (x)')],
      ['text that would be cut off', form(`/FT /Tx /DA (/W 0 Tf) /V (${'Wort '.repeat(30)})`)],
      ['a value that nobody drew', form('/FT /Tx /V (x)', '')],
      ['a list of choices', form('/FT /Ch /Opt [(a) (b)] /V (b)')],
      ['a choice with another text', form('/FT /Ch /Ff 131072 /Opt [[(1) (eins)]] /V (1)')],
      ['a ticked box without a tick', form('/FT /Btn /V /Yes /AS /Yes', '')],
    ];
    for (const [what, bytes] of lost) assert.equal(await verdict(bytes), 'unshown', what);
  });

  it('is of no matter when it is not seen, or says nothing', async () => {
    const harmless: [string, Buffer][] = [
      ['a hidden note', noted('/Subtype /FreeText /F 2 /Contents (x)')],
      ['a link', noted('/Subtype /Link /A << /S /URI /URI (https://x.example) >>')],
      ['a note beside the page', noted('/Subtype /Text /Contents (x)')],
      ['an empty field', form('/FT /Tx /V ()')],
      ['a field without a value', form('/FT /Tx', '')],
      ['an invisible signature', form('/FT /Sig /V << /Type /Sig >> /Rect [0 0 0 0]', '')],
      ['a box without a tick', form('/FT /Btn /V /Off /AS /Off', '')],
    ];
    for (const [what, bytes] of harmless) assert.equal(await verdict(bytes), 'ok', what);
  });
});

/** Things of which each draws the next so often; the last draws a line. */
function tower(
  levels: number,
  often: number,
  use: (next: number) => [uses: string, resources: string],
  dict: string,
): Objects {
  return Object.fromEntries(
    Array.from({ length: levels }, (_, level) => {
      const number = 20 + level;
      const [uses, resources] = level === levels - 1 ? ['0 0 m 9 9 l S', ''] : use(number + 1);
      return [
        number,
        stream(`${uses}\n`.repeat(level === levels - 1 ? 1 : often), `${dict} /Resources << ${resources} >>`),
      ];
    }),
  );
}

describe('a page that draws what draws again', () => {
  const FORM = '/Type /XObject /Subtype /Form /BBox [0 0 9 9]';
  const PATTERN = '/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 9 /YStep 9';
  const draws = (objects: Objects, resources: string, content: string): Buffer =>
    pdf({ ...objects, 3: page().replace('/Font', `${resources} /Font`), 4: stream(content) });
  const forms = (levels: number, often: number, name = 'X'): Buffer =>
    draws(
      tower(levels, often, (next) => [`/${name} Do`, `/XObject << /X ${next} 0 R >>`], FORM),
      '/XObject << /X 20 0 R >>',
      '/X Do',
    );

  it('is taken when it comes to an end', async () => {
    assert.equal(await verdict(forms(4, 10)), 'ok');
    assert.equal(await verdict(forms(60, 1)), 'ok');
  });

  it('is a flood when nobody could wait for it, however that is written', async () => {
    const type3 = (next: number): string =>
      `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a ${next} 0 R >> >>`;
    const masked = (next: number): string =>
      `/ExtGState << /G << /SMask << /S /Alpha /G ${next} 0 R >> >> >>`;
    const floods: [string, Buffer][] = [
      ['forms', forms(30, 10)],
      ['forms whose names are spelt with numbers', forms(30, 10, '#58')],
      [
        'patterns',
        draws(
          tower(
            30,
            10,
            (next) => ['/Pattern cs /P scn 0 0 9 9 re f', `/Pattern << /P ${next} 0 R >>`],
            PATTERN,
          ),
          '/Pattern << /P 20 0 R >>',
          '/Pattern cs /P scn 0 0 9 9 re f',
        ),
      ],
      [
        'glyphs',
        pdf({
          ...tower(30, 10, (next) => ['BT /T 9 Tf (aaaa) Tj ET', `/Font << /T ${type3(next)} >>`], ''),
          3: page().replace('/F1', `/T ${type3(20)} /F1`),
          4: stream('BT /T 9 Tf (a) Tj ET'),
        }),
      ],
      [
        'masks',
        draws(
          tower(30, 10, (next) => ['/G gs', masked(next)], FORM),
          masked(20),
          '/G gs 0 0 9 9 re f',
        ),
      ],
      [
        'a form that draws itself',
        draws(
          { 20: stream('/X Do', `${FORM} /Resources << /XObject << /X 20 0 R >> >>`) },
          '/XObject << /X 20 0 R >>',
          '/X Do',
        ),
      ],
    ];
    for (const [what, bytes] of floods) assert.equal(await verdict(bytes), 'flood', what);
  });
});

describe('the names that a program chose for what it draws with', () => {
  const maps = ['Font', 'XObject', 'ExtGState', 'ColorSpace', 'Pattern', 'Shading'];
  const words = ['A', 'AA', 'AF', 'B', 'EF', 'JS', 'F', 'Next', 'Names', 'Metadata', 'Ref', 'Parent', 'OPI'];
  const name = fc.oneof(
    fc.constantFrom(...words, 'OpenAction', 'XFA', 'Fields', 'Length', 'Properties'),
    fc.stringMatching(/^[A-Za-z0-9]{1,8}$/),
  );
  /** Something that is found again by its number, and would be an action if the name before it meant anything. */
  const thing = (mark: number): string => `<< /Mark ${mark} /Group << /S /Transparency >> >>`;

  it('may be any, and nothing gets lost by them', async () => {
    const names = fc.uniqueArray(name, { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...maps), fc.boolean(), async (chosen, map, apart) => {
        const list = `<< ${chosen.map((one, index) => `/${one} ${100 + index} 0 R`).join(' ')} >>`;
        const objects = Object.fromEntries(chosen.map((_, index) => [100 + index, thing(44_100 + index)]));
        const resources = `/Resources << /${map} ${apart ? '7 0 R' : list} >>`;
        const bytes = pdf({
          ...{ ...objects, ...(apart && { 7: list }) },
          3: page().replace(/\/Resources << .*? >> >>/, resources),
        });
        const content = unpackedObjects(await kept(bytes));
        const lost = chosen.filter((_, index) => !content.includes(`/Mark ${44_100 + index}`));
        assert.deepEqual(lost, []);
      }),
      { numRuns: 12 },
    );
  });

  it('are those of the glyphs of a font, too', async () => {
    const font =
      '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /A 6 0 R /B 7 0 R >> >>';
    const glyph = (mark: number): Buffer => stream('0 0 9 9 re f', `/Mark ${mark}`);
    const content = unpackedObjects(await kept(pdf({ 6: glyph(44_117), 7: glyph(44_118), 9: font })));
    assert.match(content, /CharProcs << \/A \d+ 0 R \/B \d+ 0 R >>/);
  });

  it('hide no action beside them', async () => {
    const content = await kept(
      pdf({
        3: page().replace('/F1 9 0 R', '/F1 9 0 R /AA 6 0 R'),
        6: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier /AA << >> /A (canary) >>',
      }),
    );
    assert.doesNotMatch(unpackedObjects(content), /canary/);
  });
});
