/** Stand-ins for other authorities' own online services: pages to leave for and to come back from. They keep nothing. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { STYLE, serve } from '#sandbox/look';
import { PORTALS, portalPage } from './pages.tsx';

export interface RunningPortals {
  origin: string;
  /** By the portals' ids in a city's data. */
  addresses: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  // What is typed here is for practice: it is not even read.
  request.resume();
  const [, id = '', name = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/');
  const style = id === 'style.css';
  const body = style ? STYLE : portalPage(id, name);
  response
    .writeHead(body === undefined ? 404 : 200, {
      'content-type': style ? 'text/css; charset=utf-8' : 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    })
    .end(body ?? '');
}

/**
 * Starts the portals on one port.
 * @throws the listening error when the port is taken
 */
export async function startPortals(options: { port: number; host?: string }): Promise<RunningPortals> {
  const server = createServer(answer);
  const { origin, stop } = await serve(server, options);
  return {
    origin,
    addresses: new Map(Object.keys(PORTALS).map((id) => [id, `${origin}/${id}`])),
    stop,
  };
}
