/** The ceiling: a bare Fastify page of the same size as the office's, without session, template or database. */
import Fastify from 'fastify';

const bytes = Number(process.env.BARE_BYTES ?? 8_000);
const frame = '<!DOCTYPE html><html lang="de"><title>Bare</title><form method="post"><p></p></form></html>';
const page = frame.replace('<p></p>', `<p>${'x'.repeat(Math.max(0, bytes - frame.length))}</p>`);

const app = Fastify();
app.addContentTypeParser(
  'application/x-www-form-urlencoded',
  { parseAs: 'string' },
  (_request, body, done) => {
    done(null, Object.fromEntries(new URLSearchParams(String(body))));
  },
);
app.get('/', (_request, reply) => reply.type('text/html; charset=utf-8').send(page));
app.post('/', (_request, reply) => reply.redirect('/', 303));
console.log(`ready ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
process.on('SIGTERM', () => {
  void app.close().then(() => process.exit(0));
});
