/** A line that is cut before the answer comes: what was sent has been done, and the browser never hears of it. */
import { connect } from 'node:net';
import { bodyOf, type Citizen, type Sent } from '#test/citizen';

/** `answered`: with the first byte of the answer on the line; `sent`: as soon as the request is out. */
export const CUTS = ['answered', 'sent'] as const;
export type Cut = (typeof CUTS)[number];

/** A form on the wire, as HTTP/1.1 has it. */
async function wireOf(person: Citizen, sent: Sent): Promise<Buffer> {
  const form = new Response(bodyOf(sent));
  const body = Buffer.from(await form.arrayBuffer());
  const { pathname, search, host, origin } = new URL(sent.action);
  const head = [
    `POST ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    `origin: ${origin}`,
    'sec-fetch-site: same-origin',
    `cookie: ${person.client.cookies().join('; ')}`,
    `content-type: ${form.headers.get('content-type')}`,
    `content-length: ${body.length}`,
    '',
    '',
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n')), body]);
}

/** Sends a form and cuts the line. The person's browser still shows the page it was on, and keeps the cookies it had. */
export async function loseAnswer(person: Citizen, sent: Sent, cut: Cut = 'answered'): Promise<void> {
  const wire = await wireOf(person, sent);
  const { hostname, port } = new URL(sent.action);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.once('close', () => resolve());
    socket.once('data', () => socket.destroy());
    socket.write(wire, () => {
      if (cut === 'sent') socket.destroy();
    });
  });
}
