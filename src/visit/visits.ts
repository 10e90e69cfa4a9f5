/** What every part of the citizens' side gets of a visit, and how a browser comes to one. */
import type { Taken, Taker } from '#share';
import {
  type CitizenContext,
  languageOf,
  settingsOf,
  setVisitCookie,
  takerOf,
  takeShare,
  wayOf,
} from './context.ts';
import type { VisitDeps } from './deps.ts';
import { createDraftFiles, type DraftFiles } from './files.ts';
import { createHandedOver, type HandedOver } from './handed.ts';
import { createPhoneCameras, type PhoneCameras } from './phone-cameras.ts';
import { createPhonePapers, type PhonePapers } from './phone-papers.ts';
import { createVisitStore, type VisitStore } from './store.ts';
import type { Draft, TypedAway, Visit } from './visit.ts';
import { createWays, type Ways } from './ways.ts';

/** The visits of this office, and what they stand on. */
export interface Visits extends VisitDeps {
  store: VisitStore;
  files: DraftFiles;
  /** Ways on for whoever never got the answer with the new key. */
  ways: Ways;
  handedOver: HandedOver;
  phonePapers: PhonePapers;
  phoneCameras: PhoneCameras;
  /** Answers a request of ours to the citizens' side, as the one that is being answered came. */
  show(request: Request, env: object & { typed: TypedAway }): Response | Promise<Response>;
}

/**
 * @param deps the rooms that a visit needs
 * @param show answers a request as if it came from outside
 */
export function openVisits<D extends VisitDeps>(deps: D, show: Visits['show']): D & Visits {
  const { db, clock } = deps;
  return {
    ...deps,
    show,
    store: createVisitStore(db, clock),
    files: createDraftFiles(db, clock),
    ways: createWays(db, clock),
    handedOver: createHandedOver(db, clock),
    phonePapers: createPhonePapers(db, clock),
    phoneCameras: createPhoneCameras(db, clock),
  };
}

/** Destroys visits nobody came back to and frees what they held, and what was meant for phones. @returns how many visits */
export async function sweepVisits(visits: Visits): Promise<number> {
  const { ways, handedOver, phonePapers, phoneCameras, store, booking } = visits;
  for (const waiting of [ways, handedOver, phonePapers, phoneCameras]) await waiting.sweep();
  const ended = await store.sweep();
  for (const id of ended) await booking.release(id);
  return ended.length;
}

/**
 * @param drafts what a visit that is opened now begins with
 * @param share what it counts as, and for whom, if it is not a visit of the line; null: it is not counted
 * @returns the visit of this browser; opens one for somebody who has none yet
 * @throws ShareTakenError when very many were opened from here
 */
export async function ensureVisit(
  c: CitizenContext,
  deps: Pick<Visits, 'store' | 'shares' | 'config'>,
  drafts: Readonly<Record<string, Draft>> = {},
  share: { what: Taken; taker: Taker } | null = { what: 'visit', taker: takerOf(c, deps) },
): Promise<Visit> {
  const known = c.get('visit');
  if (known) return known;
  if (share) await takeShare(deps, share.what, share.taker, '/');
  const visit = await deps.store.create(
    {
      site: c.get('site').id,
      terminal: c.get('terminal'),
      language: languageOf(c),
      settings: settingsOf(c),
    },
    drafts,
  );
  c.set('visit', visit);
  setVisitCookie(c, visit);
  return visit;
}

/** @returns the visit with the new key that this browser has not heard of, where what it holds leads to one */
export async function movedVisit(c: CitizenContext, deps: Visits): Promise<Visit | undefined> {
  const way = await wayOf(c, deps.ways);
  return way && deps.store.load(way.visit);
}

/** @returns the way to where the first of two like requests has led that gave the visit its new key; undefined when it is over */
export async function ledOn(c: CitizenContext, deps: Visits): Promise<Response | undefined> {
  const way = await wayOf(c, deps.ways);
  const visit = way && (await deps.store.load(way.visit));
  if (!visit) return undefined;
  setVisitCookie(c, visit);
  return c.redirect(visit.secret.shown?.path ?? '/', 303);
}
