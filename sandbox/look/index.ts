/** What all stand-ins share: their look, and how they are listened to. */
export { STYLE, standInPage } from './page.tsx';
export { type Serving, serve } from './serve.ts';
