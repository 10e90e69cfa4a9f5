import { Hono } from 'hono';
import type { CitizenEnv } from '#visit';
import type { StatusDeps } from './deps.ts';
import { receiptExtra } from './receipt.ts';

/** A case whose papers this visit may see, with the code that stands on them. */
interface Owned {
  caseId: string;
  accessCode: string;
  number: string;
}

/** Receipt, document and calendar entry of a case that this visit handed in or opened with its code. */
export function paperRoutes(deps: StatusDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.get('/papers/:number/:paper', async (c) => {
    const owned = ownedCases(c.get('visit')?.secret).find((one) => one.number === c.req.param('number'));
    const language = c.get('visit')?.language;
    if (!owned || !language) return c.notFound();
    const paper = c.req.param('paper');
    const inline = (type: string, body: Buffer | string | undefined, name: string) => {
      if (body === undefined) return c.notFound();
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      return c.body(new Uint8Array(bytes), 200, {
        'Content-Type': type,
        'Content-Disposition': `attachment; filename="${name}"`,
      });
    };
    const name = `amtomat-${owned.number}`;
    switch (paper) {
      case 'receipt.pdf':
        return inline(
          'application/pdf',
          await deps.cases.receiptPdf(
            owned.caseId,
            owned.accessCode,
            language,
            await receiptExtra(deps, owned.caseId, language),
          ),
          `${name}.pdf`,
        );
      case 'document.pdf':
        return inline(
          'application/pdf',
          await deps.cases.documentPdf(owned.caseId, language),
          `${name}-dokument.pdf`,
        );
      case 'calendar.ics':
        return inline(
          'text/calendar; charset=utf-8',
          await deps.cases.calendarFile(owned.caseId, language),
          `${name}.ics`,
        );
      default:
        return c.notFound();
    }
  });

  return app;
}

function ownedCases(secret: { receipts: Record<string, Owned>; status?: Owned } | undefined): Owned[] {
  if (!secret) return [];
  return [...Object.values(secret.receipts), ...(secret.status ? [secret.status] : [])];
}
