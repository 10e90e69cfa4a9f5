/** Goes on in a browser's visit without showing anything: what would be seen has been looked at before. */
import type { APIResponse, Page } from 'playwright-core';
import type { Answered, HttpClient } from '#play';
import { bodyOf } from '#test/citizen';

/** @returns an HTTP client with the cookies of the page's browser; what it is given there, the page has too */
export function quietly(page: Page): HttpClient {
  let requests = 0;
  let at = page.url();
  const answered = async (response: APIResponse): Promise<Answered> => {
    requests += 1;
    at = response.url();
    const body = await response.body();
    return {
      ...{ url: at, status: response.status(), headers: response.headers() },
      ...{ body, transferred: body.length },
    };
  };
  return {
    get requests() {
      return requests;
    },
    get at() {
      return at;
    },
    get: async (url) => answered(await page.request.get(url)),
    async send(sent) {
      const from = new URL(at).origin;
      const coded = new Response(bodyOf(sent));
      const headers = {
        'content-type': coded.headers.get('content-type') ?? '',
        origin: from,
        'sec-fetch-site': from === new URL(sent.action).origin ? 'same-origin' : 'cross-site',
      };
      const data = Buffer.from(await coded.arrayBuffer());
      return answered(await page.request.fetch(sent.action, { method: sent.method, headers, data }));
    },
    close: () => undefined,
  };
}
