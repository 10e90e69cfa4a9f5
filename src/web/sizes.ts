import { decimal, type Language } from '#language';

/** Where kilobytes end: up to 1 MB is said in them. */
const MEGABYTE = 1_000_000;

/** @returns a file's size as people read it: `340 kB`, `10,4 MB` */
export function fileSize(bytes: number, language: Language): string {
  const kilobytes = Math.max(1, Math.round(bytes / 1_000));
  return kilobytes < 1_000 ? `${kilobytes} kB` : `${decimal(bytes / MEGABYTE, language)} MB`;
}

/** @returns the largest size that may be sent, never said larger than it is */
export function sizeLimit(bytes: number, language: Language): string {
  return `${decimal(Math.floor(bytes / 100_000) / 10, language)} MB`;
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
};
/** What is taken wherever a JPEG is; they are kept as JPEG. */
const PHOTO_KINDS = ['image/heic', 'image/heif', 'image/webp', 'image/avif'];

/** @returns the kinds of file as people name them: `PDF, JPEG, PNG, HEIC` */
export function kindNames(accept: readonly string[]): string {
  const names = accept.map((kind) => KIND_NAMES[kind] ?? kind);
  return [...names, ...(accept.includes('image/jpeg') ? ['HEIC'] : [])].join(', ');
}

/** @returns the kinds for a browser's file dialog */
export function acceptedKinds(accept: readonly string[]): string {
  return [...accept, ...(accept.includes('image/jpeg') ? PHOTO_KINDS : [])].join(',');
}
