import { Hono } from 'hono';
import { type Assets, assets, type Encoding } from './assets.ts';

function encodingFor(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity';
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : 'identity';
}

/** Serves style sheets, islands and fonts under `/assets/`, compressed and for ever, because a name never changes its content. */
export function assetRoutes(all: Assets = assets()): Hono {
  return new Hono().get('/assets/*', (context) => {
    const asset = all.get(context.req.path);
    if (asset === undefined) return context.notFound();
    const wanted = encodingFor(context.req.header('accept-encoding'));
    const encoding = asset.body[wanted] === asset.body.identity ? 'identity' : wanted;
    context.header('Content-Type', asset.type);
    context.header('Cache-Control', 'public, max-age=31536000, immutable');
    context.header('Vary', 'Accept-Encoding');
    if (encoding !== 'identity') context.header('Content-Encoding', encoding);
    return context.body(asset.body[encoding]);
  });
}
