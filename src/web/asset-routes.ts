import { Hono } from 'hono';
import { type Assets, assets, type Encoding } from './assets.ts';

const WAYS = ['br', 'gzip'] as const;

/** @returns the best way that the browser takes; a weight of 0 refuses one, and `*` is every other (RFC 9110, 12.5.3) */
function encodingFor(accepted: string | undefined): Encoding {
  const weights = new Map<string, number>();
  for (const part of (accepted ?? '').toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((one) => one.trim());
    const weight = parameters.find((one) => one.startsWith('q='))?.slice(2);
    weights.set(name, weight === undefined ? 1 : Number(weight));
  }
  const takes = (way: string): boolean => (weights.get(way) ?? weights.get('*') ?? 0) > 0;
  return WAYS.find(takes) ?? 'identity';
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
