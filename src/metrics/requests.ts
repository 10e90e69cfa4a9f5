import { bound, counter, type Family, type Labels } from './text.ts';

/** One request that was answered. */
export interface Answered {
  method: string;
  /** The pattern of the route, never the path; `none` where there is no route. */
  route: string;
  status: number;
  seconds: number;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Number.POSITIVE_INFINITY];

interface Tally {
  labels: Labels;
  count: number;
}

/** How often something was, by a handful of labels. */
class Tallies {
  readonly #all = new Map<string, Tally>();

  add(labels: Labels): void {
    const key = JSON.stringify(labels);
    const tally = this.#all.get(key);
    if (tally) tally.count += 1;
    else this.#all.set(key, { labels, count: 1 });
  }

  values(): (readonly [Labels, number])[] {
    return [...this.#all.values()].map(({ labels, count }) => [labels, count]);
  }
}

interface Times {
  buckets: number[];
  sum: number;
}

/** What requests leave behind: counts by what the office itself has named, so that there is an end to them. */
export interface Requests {
  answered(request: Answered): void;
  /** The door sent somebody away before there was a page. */
  refused(status: number): void;
  families(): Family[];
}

/** What others make up has no name of its own here: methods are three and the rest, statuses are classes, routes are ours. */
export function createRequests(): Requests {
  const answered = new Tallies();
  const refused = new Tallies();
  const times = new Map<string, Times>();

  function timesOf(route: string): Times {
    const known = times.get(route) ?? { buckets: BOUNDS.map(() => 0), sum: 0 };
    times.set(route, known);
    return known;
  }

  function histogram(): Family {
    const samples = [...times].flatMap(([route, { buckets, sum }]) => [
      ...buckets.map((value, index) => ({
        suffix: '_bucket',
        labels: { route, le: bound(BOUNDS[index] ?? Number.POSITIVE_INFINITY) },
        value,
      })),
      { suffix: '_count', labels: { route }, value: buckets.at(-1) ?? 0 },
      { suffix: '_sum', labels: { route }, value: sum },
    ]);
    return {
      name: 'amtomat_request_duration_seconds',
      type: 'histogram',
      help: 'How long answers took, by route pattern.',
      samples,
    };
  }

  return {
    answered({ method, route, status, seconds }) {
      const known = METHODS.has(method) ? method : 'other';
      answered.add({ method: known, route, status: `${Math.floor(status / 100)}xx` });
      const own = timesOf(route);
      own.sum += seconds;
      for (const [index, most] of BOUNDS.entries())
        if (seconds <= most) own.buckets[index] = (own.buckets[index] ?? 0) + 1;
    },
    refused: (status) => refused.add({ status: String(status) }),
    families: () => [
      counter(
        'amtomat_requests',
        'Requests answered, by method, route pattern and class of status.',
        answered.values(),
      ),
      histogram(),
      counter(
        'amtomat_refused_requests',
        'Requests sent away at the door; 429 is the rate.',
        refused.values(),
      ),
    ],
  };
}
