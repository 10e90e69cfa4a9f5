import assert from 'node:assert/strict';
import { it } from 'node:test';
import { pageNameOf } from './app.ts';

it('a page is named without what tells one person from another, and never like one of another service', () => {
  for (const [path, name] of [
    ['/service/wohnungsgeberbestaetigung/review', '/service/wohnungsgeberbestaetigung/review'],
    ['/service/abmeldung-ins-ausland/review', '/service/abmeldung-ins-ausland/review'],
    ['/desk/cases/6f1d3c52-9d4b-4a52-8f0e-0a3c1f2e4d5b', '/desk/cases/:one'],
    ['/handover/q7Xk3vPz0LmN8sTf2WbYcR', '/handover/:one'],
    ['/desk/report/2026-11-30', '/desk/report/:one-:one-:one'],
  ] as const)
    assert.equal(pageNameOf('GET', path), `GET ${name}`);
});
