/** Files citizens hand in: known by content, cleaned or refused. */

export type { UploadKind } from './kinds.ts';
export {
  type AcceptedFile,
  acceptUpload,
  type UploadRefusal,
  type UploadResult,
  type UploadRules,
} from './upload.ts';
