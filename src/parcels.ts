/** What a case sends to another authority, and what becomes of what comes back. */
import type { Cases } from '#cases';
import type { Tx } from '#db';
import type { AuthorityReply, Parcel, ParcelSource, Received } from '#delivery';
import { acceptUpload } from '#files';
import type { Submission } from '#journey';
import { civilDate } from '#time';

/**
 * @param service a service's id
 * @returns where the schema of what was handed in with this version can be read, also when there is a newer one
 */
export function schemaUrlOf(publicUrl: string, service: string, version: number): string {
  return `${publicUrl}/api/services/${service}/submission-${version}.schema.json`;
}

/** @returns the version that the last part of such an address names */
export function schemaVersion(name: string): number | undefined {
  const version = /^submission-(\d{1,9})\.schema\.json$/.exec(name)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** What the authority receives; its shape is the service's `submissionSchema`. */
function contentOf({ answers, computed, identity, fee }: Submission) {
  return { ...answers, ...computed, ...(identity && { _identity: identity }), ...(fee && { _fee: fee }) };
}

/** @returns what FIT-Connect asks of cases: their submission, as the schema of their own version has it, and their files */
export function parcelsOf(cases: Cases, publicUrl: string): ParcelSource {
  return {
    async open(caseId): Promise<Parcel> {
      const sent = await cases.forAuthority(caseId);
      const { number, title, leika, authority, language, files } = sent;
      return {
        ...{ number, service: title, leika, authority, language, files },
        json: contentOf(sent.submission),
        schemaUri: schemaUrlOf(publicUrl, sent.service, sent.serviceVersion),
        date: civilDate(sent.createdAt),
      };
    },
  };
}

const ATTACHMENT = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 10 * 1024 * 1024 };

/**
 * What an authority wrote, with those of its files that can be handed on.
 * @throws Error when too many files are being looked at just now: the reply is fetched once more
 */
async function checked({ text, files }: AuthorityReply) {
  const taken = [];
  for (const { content, name } of files) taken.push(await acceptUpload(content, name, ATTACHMENT));
  if (taken.some((one) => !one.ok && one.code === 'busy')) throw new Error('files: too many at once');
  return {
    text,
    files: taken.flatMap((one) => (one.ok ? [one.file] : [])),
    missing: taken.filter((one) => !one.ok).length,
  };
}

/**
 * @param report told when an event or an answer could not be believed: somebody should look
 * @returns what comes back from authorities, written into the case it is about
 */
export function receivedBy(
  cases: Cases,
  report: (tx: Tx, caseId: string, code: string) => Promise<void>,
): Received {
  return {
    submitted: async () => {},
    accepted: async (tx, caseId) => void (await cases.concludedBy(caseId, 'done', '', tx)),
    rejected: async (tx, caseId) => void (await cases.concludedBy(caseId, 'rejected', '', tx)),
    async reply(tx, caseId, reply) {
      const letter = await checked(reply);
      await cases.writtenBy(caseId, letter, tx);
      // The person gets the words, and reads that something is missing.
      if (letter.missing > 0) await report(tx, caseId, 'reply-file-refused');
    },
    refused: report,
  };
}
