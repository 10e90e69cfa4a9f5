import { formatNumber } from '#seal';
import type { Html } from '#web';
import { type Alarms, alarmsOf } from './alarms.ts';
import { shortInstant } from './dates.ts';
import type { DeskContext } from './deps.ts';
import { type Desk, record, serviceName } from './desk.ts';
import { deskPage, notFoundPage } from './frame.tsx';
import { errorWord } from './words.ts';

function ParkedDeliveries(props: { parked: Alarms['parked']; desk: Desk; csrf: string }): Html {
  if (props.parked.length === 0)
    return <p class="desk-empty">Alle Vorgänge sind zugestellt oder unterwegs.</p>;
  return (
    <table class="desk-table">
      <thead>
        <tr>
          <th scope="col">Vorgang</th>
          <th scope="col">Leistung</th>
          <th scope="col">Grund</th>
          <th scope="col" class="desk-figure">
            Versuche
          </th>
          <th scope="col" class="desk-figure">
            Seit
          </th>
          <th scope="col">
            <span class="desk-quiet">Handeln</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.parked.map(({ delivery, row }) => (
          <tr>
            <th scope="row">{formatNumber(row.number)}</th>
            <td>{serviceName(props.desk, row.service)}</td>
            <td>{errorWord(delivery.lastError)}</td>
            <td class="desk-figure">{delivery.attempts}</td>
            <td class="desk-figure">{shortInstant(delivery.createdAt)}</td>
            <td>
              <form method="post" action={`/desk/alarms/${delivery.id}/retry`}>
                <input type="hidden" name="_csrf" value={props.csrf} />
                <button type="submit" class="desk-button">
                  Erneut zustellen
                </button>
              </form>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Guessing({ guessing }: { guessing: Alarms['guessing'] }): Html {
  if (guessing.length === 0) return <p class="desk-empty">In den letzten 24 Stunden nichts Auffälliges.</p>;
  return (
    <ul class="desk-list">
      {guessing.map((alarm) => (
        <li>
          <a href={`/desk/cases/${alarm.caseId}`}>{formatNumber(alarm.number)}</a>: viele falsche
          Zugangscodes, {shortInstant(alarm.at)}. Weitere Versuche werden gebremst.
        </li>
      ))}
    </ul>
  );
}

/** What needs a team lead: deliveries that stand still, and somebody trying codes. */
export async function alarmsPage(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const { parked, guessing } = await alarmsOf(desk, staff);
  return deskPage(desk, c, {
    title: 'Hinweise',
    section: 'alarms',
    body: (
      <>
        <div class="desk-head">
          <h1>Hinweise</h1>
        </div>
        <section class="desk-panel">
          <h2>Angehaltene Zustellungen</h2>
          <ParkedDeliveries parked={parked} desk={desk} csrf={staff.csrf} />
        </section>
        <section class="desk-panel">
          <h2>Versuche mit falschen Zugangscodes</h2>
          <Guessing guessing={guessing} />
        </section>
      </>
    ),
  });
}

/** Sets a parked delivery of the own offices going again. */
export async function retryDelivery(desk: Desk, c: DeskContext): Promise<Response> {
  const staff = c.get('staff');
  if (!staff.lead) return notFoundPage(desk, c);
  const { parked } = await alarmsOf(desk, staff);
  const one = parked.find(({ delivery }) => delivery.id === c.req.param('id'));
  if (!one) return notFoundPage(desk, c);
  await record(desk, staff, 'delivery.retried', one.row.id);
  await desk.delivery.retry(one.delivery.id);
  return c.redirect('/desk/alarms', 303);
}
