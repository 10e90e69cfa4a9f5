/** The desk: staff sign in, see their office's cases and work on them. */
export type { DeskDeps } from './deps.ts';
export { deskRoutes } from './routes.tsx';
