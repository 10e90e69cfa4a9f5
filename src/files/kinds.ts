/** The three kinds of file a citizen can hand in. */
export type UploadKind = 'application/pdf' | 'image/jpeg' | 'image/png';

const SIGNATURES: readonly [UploadKind, Buffer][] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

const EXTENSION: Record<UploadKind, string> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** @returns what the first bytes say the file is; its name and what the browser says do not count */
export function kindOf(bytes: Uint8Array): UploadKind | undefined {
  return SIGNATURES.find(([, signature]) => signature.equals(bytes.subarray(0, signature.length)))?.[0];
}

const LONGEST = 100;

/**
 * A file name that can be shown and saved anywhere: no folders, no control or direction characters (which can hide
 * the true ending), no characters that are special to a file system or a header, one ending that fits the content.
 */
export function displayName(name: string, kind: UploadKind): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const stem = last
    .normalize('NFC')
    .replace(/\.[A-Za-z0-9]{1,8}$/, '')
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*;%]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const short = [...stem].slice(0, LONGEST).join('');
  return `${short || 'Datei'}.${EXTENSION[kind]}`;
}
