import { Hono } from 'hono';
import { CALENDAR, fileAnswer, paperAnswer } from '#http';
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
    const { caseId, accessCode } = owned;
    const name = `amtomat-${owned.number}`;
    switch (paper) {
      case 'receipt.pdf': {
        const extra = await receiptExtra(deps, caseId, language);
        const pdf = await deps.cases.receiptPdf(caseId, accessCode, language, extra);
        return pdf ? paperAnswer(name, pdf) : c.notFound();
      }
      case 'document.pdf': {
        const pdf = await deps.cases.documentPdf(caseId, language);
        return pdf ? paperAnswer(`${name}-dokument`, pdf) : c.notFound();
      }
      case 'calendar.ics': {
        const text = await deps.cases.calendarFile(caseId, language);
        if (text === undefined) return c.notFound();
        return fileAnswer({ name: `${name}.ics`, mediaType: CALENDAR, content: Buffer.from(text) });
      }
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
