/** What dates to be put into a calendar come as. */
export const CALENDAR = 'text/calendar; charset=utf-8';
/** What papers of the office come as. */
export const PDF = 'application/pdf';
/** Kinds of files that browsers and calendars open without running anything in them. */
const SAFE_TYPES = new Set([PDF, 'image/jpeg', 'image/png', CALENDAR]);

/** @returns the name as a header may carry it (RFC 6266): a plain one for old readers, the real one encoded */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** @returns a file as a download that cannot run, whatever is in it and whoever made it */
export function fileAnswer(file: { name: string; mediaType: string; content: Buffer }): Response {
  return new Response(new Uint8Array(file.content), {
    headers: {
      'content-type': SAFE_TYPES.has(file.mediaType) ? file.mediaType : 'application/octet-stream',
      'content-disposition': attachment(file.name),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
}

/** @returns a paper that the office has made, as a download */
export function paperAnswer(name: string, pdf: Buffer): Response {
  return fileAnswer({ name: `${name}.pdf`, mediaType: PDF, content: pdf });
}
