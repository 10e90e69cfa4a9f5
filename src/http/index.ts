/** The one door of the office: HTTP server, what holds for all requests, health. */
export { rememberParts } from './again.ts';
export { type App, type AppSettings, createApp, type ErrorPage, notReady } from './app.ts';
export { awaitPlace, bodyOf } from './arrival.ts';
export { clientAddress, countedBy, isOnThisMachine, NETWORKS_OF_ONE } from './client.ts';
export { FORM_BYTES } from './costly.ts';
export { CALENDAR, fileAnswer, PDF, paperAnswer } from './download.ts';
export { errorPage } from './error-page.tsx';
export { contentSecurityPolicy } from './headers.ts';
export { healthRoutes, type Readiness } from './health.ts';
export { type Listening, type ListenSettings, listen } from './listen.ts';
export {
  MOST_PARTS,
  OverfullFormError,
  type Part,
  readMultipart,
  readUrlencoded,
  UnreadableFormError,
} from './multipart.ts';
export { sentFrom } from './sent-from.ts';
