import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { formatNumber, newCode, newNumber } from '#seal';
import { arrive, type Handed, household } from '#test/citizen';
import { signIn } from '#test/clerk';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const MOST_TRIES = 10;

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice();
});
after(() => office.close());

async function someCase(houseNumber: number): Promise<Handed> {
  const person = await arrive(office.origin);
  await person.walk('sperrmuell', household(houseNumber));
  return person.handIn('sperrmuell');
}

interface Try {
  number: string;
  code: string;
  /** An address of this machine. */
  from?: string;
  terminal?: string;
}

/** Types number and code on the status page. @returns status and, when slowed down, for how many seconds */
function tryCode({ number, code, from = '127.0.0.1', terminal }: Try): Promise<[number, number]> {
  const body = new URLSearchParams({ number, code }).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'sec-fetch-site': 'same-origin',
    ...(terminal && { cookie: `__Host-terminal=${terminal}` }),
  };
  const options = { method: 'POST', headers, localAddress: from, agent: false };
  return new Promise((resolve, reject) => {
    const call = request(`${office.origin}/status`, options, (answer) => {
      answer.resume();
      resolve([answer.statusCode ?? 0, Number(answer.headers['retry-after'] ?? 0)]);
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('guessing the code of a case', () => {
  it('is slowed down within ten tries, also from many places; the right code works after the pause', async () => {
    const { number, code } = await someCase(1);
    const statuses: number[] = [];
    let wait = 0;
    for (let tries = 0; tries < MOST_TRIES && wait === 0; tries += 1) {
      const [status, seconds] = await tryCode({ number, code: newCode(), from: `127.0.1.${tries + 1}` });
      statuses.push(status);
      wait = seconds;
    }
    assert.equal(statuses.at(-1), 429);
    assert.deepEqual(new Set(statuses.slice(0, -1)), new Set([422]));
    assert.ok(wait > 0, 'the answer says how long to wait');
    assert.equal((await tryCode({ number, code, from: '127.0.1.99' }))[0], 429, 'the right code waits too');
    office.pass((wait + 1) * 1_000);
    assert.equal((await tryCode({ number, code, from: '127.0.1.99' }))[0], 303);
  });

  it('is shown to the staff of the office that has the case', async () => {
    const { number } = await someCase(2);
    await office.work();
    for (let wrong = 0; wrong < MOST_TRIES; ) {
      const [status, wait] = await tryCode({ number, code: newCode(), from: '127.0.2.1' });
      if (status === 422) wrong += 1;
      else office.pass((wait + 1) * 1_000);
    }
    const lead = await signIn(office.origin, 'lead');
    const { text } = await lead.get('/desk/alarms');
    assert.ok(text.includes(formatNumber(number)));
    assert.match(text, /falsche Zugangscodes/);
  });

  it('cannot lock its citizen out: at a terminal the right code opens the case at once', async () => {
    const { number, code } = await someCase(5);
    for (let tries = 0; tries < MOST_TRIES; tries += 1)
      await tryCode({ number, code: newCode(), from: `127.0.5.${tries + 1}` });
    assert.equal((await tryCode({ number, code, from: '127.0.5.99' }))[0], 429);
    assert.equal((await tryCode({ number, code, from: '127.0.5.98', terminal: 'rathaus-1' }))[0], 303);
  });

  it('cannot be spread over fifty tries at once', async () => {
    const { number } = await someCase(3);
    const tries = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        tryCode({ number, code: newCode(), from: `127.0.3.${index + 1}` }),
      ),
    );
    assert.ok(tries.filter(([status]) => status === 422).length <= 6);
  });

  it('slows down one who tries many numbers, and nobody else', async () => {
    const from = '127.0.4.1';
    const statuses: number[] = [];
    for (let tries = 0; tries < MOST_TRIES; tries += 1)
      statuses.push(
        (await tryCode({ number: newNumber(), code: newCode(), from, terminal: 'rathaus-1' }))[0],
      );
    assert.equal(statuses.at(-1), 429);
    const { number, code } = await someCase(4);
    const elsewhere = await tryCode({ number, code, from: '127.0.4.2', terminal: 'rathaus-1' });
    assert.equal(elsewhere[0], 303, 'saying to be a terminal does not slow the real one down');
  });
});
