/** Small files for journeys that upload something. */
import type { SentFile } from './form.ts';

/** 24 by 16 pixels: a sheet of paper with two lines. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAABgAAAAQCAMAAAA7+k+nAAAABlBMVEWZmZn///+D7jMZAAAACXBIWXMAAAsTAAALEwEAmpwYAAAAH0lEQVQYlWNgxAEYqCzB' +
  'gAYYCUowUmQHcRJU9CB1JAD6mAFJh9yWsQAAAABJRU5ErkJggg==';
const JPEG =
  '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZT' +
  'fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAQABgDASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAA' +
  'AwAG/8QAJBAAAAUDAgcAAAAAAAAAAAAAAAECAxMEERIiMRUhU1Sio9H/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwD' +
  'AQACEQMRAD8A1z7jqMYmZb76iTYFPVdn7SCv0zVRjKjLHbmZAuHUvS8j+gFYcdXlKzFbbUSriCiAf//Z';

/** One page with one line of text, its cross-reference table counted (ISO 32000-1, 7.5). */
function pdf(): Buffer {
  const content = 'BT /F1 24 Tf 72 760 Td (Amtomat) Tj ET';
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  const count = objects.length + 1;
  text += `xref\n0 ${count}\n0000000000 65535 f \n${offsets.join('')}`;
  return Buffer.from(`${text}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}

/**
 * @param name what a journey writes into a file field
 * @returns the sample of that name, or undefined when it is not one
 */
export function sampleFile(name: string): SentFile | undefined {
  if (name === 'sample.pdf') return { name, mediaType: 'application/pdf', content: pdf() };
  if (name === 'sample.png') return { name, mediaType: 'image/png', content: Buffer.from(PNG, 'base64') };
  if (name === 'sample.jpg') return { name, mediaType: 'image/jpeg', content: Buffer.from(JPEG, 'base64') };
  return undefined;
}
