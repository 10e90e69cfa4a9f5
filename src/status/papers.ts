import { Hono } from 'hono';
import { CALENDAR, PDF } from '#http';
import { type CitizenContext, type CitizenEnv, type FileToTake, savePaper, sendPaper } from '#visit';
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
  app.get('/papers/:number/:paper', (c) => savePaper(c, () => paperOf(c, deps)));
  app.post('/papers/:number/:paper', (c) => sendPaper(c, deps, () => paperOf(c, deps)));
  return app;
}

/** @returns the paper that a request is for; undefined where this visit may not see it, or there is none */
async function paperOf(c: CitizenContext, deps: StatusDeps): Promise<FileToTake | undefined> {
  const visit = c.get('visit');
  const owned = ownedCases(visit?.secret).find((one) => one.number === c.req.param('number'));
  if (!owned || !visit) return undefined;
  const { language } = visit;
  const { caseId, accessCode } = owned;
  const name = `amtomat-${owned.number}`;
  const file = (ending: string, mediaType: string, content: Buffer | undefined) =>
    content && { name: `${name}${ending}`, mediaType, content };
  switch (c.req.param('paper')) {
    case 'receipt.pdf': {
      const extra = await receiptExtra(deps, caseId, language);
      return file('.pdf', PDF, await deps.cases.receiptPdf(caseId, accessCode, language, extra));
    }
    case 'document.pdf':
      return file('-dokument.pdf', PDF, await deps.cases.documentPdf(caseId, language));
    case 'calendar.ics': {
      const text = await deps.cases.calendarFile(caseId, language);
      return file('.ics', CALENDAR, text === undefined ? undefined : Buffer.from(text));
    }
    default:
      return undefined;
  }
}

function ownedCases(secret: { receipts: Record<string, Owned>; status?: Owned } | undefined): Owned[] {
  if (!secret) return [];
  return [...Object.values(secret.receipts), ...(secret.status ? [secret.status] : [])];
}
