/** What a case sends to another authority, and what becomes of what comes back. */
import type { Cases } from '#cases';
import type { Catalogue } from '#catalogue';
import type { Tx } from '#db';
import type { AuthorityReply, Parcel, ParcelSource, Received } from '#delivery';
import { acceptUpload } from '#files';
import type { Submission } from '#journey';
import type { CompiledService } from '#service';
import { civilDate } from '#time';

/** @returns where the schema of a service's submissions can be read; names its version */
export function schemaUrlOf(publicUrl: string, service: CompiledService): string {
  return `${publicUrl}/api/services/${service.slug}/submission-${service.version}.schema.json`;
}

/** What the authority receives; its shape is the service's `submissionSchema`. */
function contentOf({ answers, computed, identity, fee }: Submission) {
  return { ...answers, ...computed, ...(identity && { _identity: identity }), ...(fee && { _fee: fee }) };
}

/** @returns what FIT-Connect asks of cases: their submission, as the published schema has it, and their files */
export function parcelsOf(cases: Cases, catalogue: Catalogue, publicUrl: string): ParcelSource {
  return {
    async open(caseId): Promise<Parcel> {
      const view = await cases.read(caseId);
      const service = view && catalogue.get(view.service);
      if (!view || !service?.leika || service.delivery.channel !== 'fit-connect')
        throw new Error('no case for another authority');
      const files = [];
      for (const { id, origin } of view.files) {
        const file = origin === 'citizen' ? await cases.file(caseId, id) : undefined;
        if (file) files.push({ id, ...file });
      }
      return {
        ...{ number: view.number, service: service.texts.de.title, leika: service.leika, files },
        ...{
          authority: service.delivery.authority,
          json: contentOf(view.submission),
          language: view.language,
        },
        ...{ schemaUri: schemaUrlOf(publicUrl, service), date: civilDate(view.createdAt) },
      };
    },
  };
}

const ATTACHMENT = { accept: ['application/pdf', 'image/jpeg', 'image/png'], maxBytes: 10 * 1024 * 1024 };

/** What an authority wrote, with those of its files that are what they say they are. */
async function checked({ text, files }: AuthorityReply) {
  const taken = await Promise.all(files.map(({ content, name }) => acceptUpload(content, name, ATTACHMENT)));
  return { text, files: taken.flatMap((one) => (one.ok ? [one.file] : [])) };
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
      const { text, files } = await checked(reply);
      await cases.writtenBy(caseId, text, files, tx);
    },
    refused: report,
  };
}
