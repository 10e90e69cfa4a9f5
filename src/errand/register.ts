import { Hono } from 'hono';
import { fileAnswer, PDF } from '#http';
import type { RegisterAnswer } from '#registers';
import { RegisterError } from '#registers';
import {
  type CitizenContext,
  type CitizenEnv,
  isWhatWasShown,
  languageOf,
  noteCame,
  pageOf,
  paperUrl,
  readOwnForm,
  unlessGone,
} from '#visit';
import type { ErrandDeps } from './deps.ts';
import type { At } from './kinds/kind.ts';
import { answerPage, noAnswerPage } from './register-pages.tsx';
import { pageUrl, reviewOf, type Standing, sayOver, standing } from './standing.ts';

/**
 * Asks a register at the end of a journey. The answer is part of the page that answers the form and is never stored:
 * whoever wants to see it again, or on paper, asks again.
 */
export async function askShown({ c, deps, here }: At): Promise<Response> {
  const answer = await answerTo(c, deps, here);
  if (answer instanceof Response) return answer;
  await deps.store.update(here.visit, ({ secret }) => noteCame(secret, 'heard')).catch(unlessGone);
  const page = pageOf(c, deps, '', { service: here.service.slug });
  return c.html(answerPage(page, here.service, here, { answer: answer.view(languageOf(c)) }));
}

/** The same answer once more, as a paper; at a terminal with the code for it, because nothing is saved there. */
export function registerRoutes(deps: ErrandDeps): Hono<CitizenEnv> {
  const app = new Hono<CitizenEnv>();

  app.post('/service/:slug/print', async (c, next) => {
    // A form of another's is refused before anything is said of the service.
    await readOwnForm(c);
    const service = deps.catalogue.get(c.req.param('slug'));
    if (service?.fulfilment !== 'register') return next();
    const here = standing(c, deps, service);
    if (!here) return sayOver(c, deps, service);
    const { next: missing } = here.walked;
    if (missing) return c.redirect(pageUrl(service, missing), 303);
    const answer = await answerTo(c, deps, here);
    if (answer instanceof Response) return answer;
    const language = languageOf(c);
    const content = await answer.paper(language, deps.clock.now());
    const file = { name: `${service.slug}.pdf`, mediaType: PDF, content };
    const code = await paperUrl(c, deps, file);
    if (code === undefined) return fileAnswer(file);
    const page = pageOf(c, deps, '', { service: service.slug });
    return c.html(answerPage(page, service, here, { answer: answer.view(language), code }));
  });

  return app;
}

/** @returns what the register answers to what the form showed; or what is said instead */
async function answerTo(
  c: CitizenContext,
  deps: ErrandDeps,
  here: Standing,
): Promise<RegisterAnswer | Response> {
  const { fields } = await readOwnForm(c);
  const { service } = here;
  // A tab that shows other answers: the person looks at what would be asked first.
  if (!isWhatWasShown(here, fields)) return c.redirect(pageUrl(service, reviewOf(service)), 303);
  const answer = await ask(deps, here, c.req.raw.signal);
  await deps.count(here, 'register.asked', answer ? 'answered' : 'failed');
  return answer ?? c.html(noAnswerPage(pageOf(c, deps, '', { service: service.slug }), service, here), 503);
}

/** @returns undefined when the register gave no answer that can be used; what was wrong is in the log, by its word */
async function ask(
  deps: ErrandDeps,
  { service, walked, moment }: Standing,
  signal: AbortSignal,
): Promise<RegisterAnswer | undefined> {
  const register = deps.registers.get(service.register ?? '');
  if (!register) return undefined;
  try {
    return await register.ask(walked, moment.today, signal);
  } catch (error) {
    if (!(error instanceof RegisterError)) throw error;
    const { register: id, code } = error;
    deps.log.warn({ register: id, code }, 'register gave no answer');
    return undefined;
  }
}
