/** An HTTP client that keeps cookies and shows each answer, redirects included, as it came. */

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  url: string;
}

export interface Client {
  /** One request; redirects are not followed. */
  send(url: string, init?: RequestInit): Promise<Answer>;
  get(url: string): Promise<Answer>;
  /** Sends a form as a page of the same site would. */
  post(url: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Follows redirects with GET, at most 12, and gives the last answer. */
  follow(answer: Answer): Promise<Answer>;
  /** What this client holds for a host, as `name=value`. */
  cookies(host?: string): readonly string[];
  /** Puts a cookie in place, as somebody could who sits at the same machine. */
  plant(host: string, name: string, value: string): void;
}

/** Browsers share cookies between ports of a host, so this does too. */
export function createClient(base: string): Client {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string): Map<string, string> => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    return jar;
  };
  const keep = (host: string, headers: Headers): void => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
      const name = pair.slice(0, pair.indexOf('='));
      const value = pair.slice(pair.indexOf('=') + 1);
      const gone =
        value === '' ||
        attributes.some((attribute) => /^max-age=0$|^expires=thu, 01 jan 1970/i.test(attribute));
      if (gone) jarOf(host).delete(name);
      else jarOf(host).set(name, value);
    }
  };
  const send = async (to: string, init: RequestInit = {}): Promise<Answer> => {
    const url = new URL(to, base);
    const headers = new Headers(init.headers);
    const cookie = [...jarOf(url.hostname)].map(([name, value]) => `${name}=${value}`).join('; ');
    if (cookie) headers.set('cookie', cookie);
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(url.hostname, response.headers);
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      url: url.href,
    };
  };
  const client: Client = {
    send,
    get: (url) => send(url),
    post: (url, fields, headers = {}) => {
      const { origin } = new URL(url, base);
      return send(url, {
        method: 'POST',
        headers: { origin, 'sec-fetch-site': 'same-origin', ...headers },
        body: new URLSearchParams(fields),
      });
    },
    async follow(answer) {
      let last = answer;
      for (let hops = 0; hops < 12 && last.headers.get('location'); hops += 1) {
        last = await send(new URL(last.headers.get('location') ?? '', last.url).href);
      }
      return last;
    },
    cookies: (host = new URL(base).hostname) => [...jarOf(host)].map(([name, value]) => `${name}=${value}`),
    plant: (host, name, value) => void jarOf(host).set(name, value),
  };
  return client;
}

/** @returns the value of the first hidden field of that name in a page, or undefined */
export function hiddenField(html: string, name: string): string | undefined {
  return new RegExp(`<input type="hidden" name="${name}" value="([^"]*)"`).exec(html)?.[1];
}
