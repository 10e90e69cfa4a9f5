/** On a day on which the town is closed, nobody is sent to a locked door. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Office } from '#city';
import { arrive } from '#test/citizen';
import { type RunningOffice, startRunningOffice } from '#test/running-office';

const CHRISTMAS_EVE = '2026-12-24T10:00:00+01:00';
const EVENING = '2026-11-23T20:00:00+01:00';
const ELSEWHERE = 'https://amt.example.de';

/** Whoever wants something makes an appointment, and there is no 115. */
const town: Office = {
  ...{
    id: 'oa',
    name: 'Bürgerservice',
    short: 'BS',
    phone: '06321 77',
    address: 'Am Markt 2, 67433 Neustadt',
  },
  ...{ tasks: ['buergerbuero', 'standesamt', 'abfall', 'stadtarchiv'], hours: {} },
};

let office: RunningOffice;
before(async () => {
  office = await startRunningOffice({ AMTOMAT_PUBLIC_URL: ELSEWHERE });
});
after(() => office.close());

async function read(origin: string, path: string, terminal?: string): Promise<string> {
  const person = await arrive(origin, terminal);
  await person.open(path);
  return person.shown.text;
}

describe('a closing day', () => {
  it('stands on the sign at the door with its reason, the place and where the office is on the internet', async () => {
    const sign = await office.at(CHRISTMAS_EVE, () => read(office.origin, '/', 'rathaus-1'));
    assert.match(sign, /Heute ist geschlossen: Heiligabend\./);
    assert.match(sign, /Karl-Friedrich-Straße 10/);
    assert.match(sign, /amt\.example\.de/);
  });

  it('has no reason where only the day is over', async () => {
    const sign = await office.at(EVENING, () => read(office.origin, '/', 'rathaus-1'));
    assert.match(sign, /Hier ist gerade geschlossen/);
    assert.doesNotMatch(sign, /Heute ist geschlossen/);
  });

  it('keeps nobody from the help at the machine, with the number to call and how the screen can be', async () => {
    const help = await office.at(CHRISTMAS_EVE, () => read(office.origin, '/help?return=/', 'rathaus-1'));
    assert.match(help, /data-page="help"/);
    assert.match(help, /Heute ist geschlossen: Heiligabend\./);
    assert.match(help, /Behördennummer 115/);
    assert.match(help, /name="size"/);
  });

  it('stands beside hours that do not hold', async () => {
    const closed = await office.at(CHRISTMAS_EVE, () => read(office.origin, '/help'));
    assert.match(closed, /Heute ist geschlossen: Heiligabend\./);
    assert.doesNotMatch(await read(office.origin, '/help'), /Heute ist geschlossen/);
  });
});

it('help names the office of what was begun, and the one for everything else', async () => {
  assert.doesNotMatch(await read(office.origin, '/help'), /Team Sauberes Karlsruhe/);
  const begun = await read(office.origin, '/help?return=/service/sperrmuell/what');
  assert.match(begun, /Team Sauberes Karlsruhe.*Für alles andere.*Ordnungs- und Bürgeramt/s);
});

it('an office without hours is shown with its address, by appointment, and an own number without hours', async () => {
  const offices = new Map([
    ['oa', town],
    ...['standesamt', 'tsk', 'stadtarchiv', 'generallandesarchiv'].map((id): [string, Office] => [
      id,
      { ...town, id, tasks: [] },
    ]),
  ]);
  const other = await startRunningOffice({}, { offices, phone115: '06321 70' });
  try {
    const help = await read(other.origin, '/help');
    assert.match(help, /Bürgerservice/);
    assert.match(help, /Am Markt 2/);
    assert.match(help, /Sie brauchen einen Termin\./);
    assert.doesNotMatch(help, /8 bis 18/);
  } finally {
    await other.close();
  }
});
