import pg from 'pg';

/**
 * @param socket folder of the unix socket
 * @returns the address of a database there
 */
export function address(socket: string, user: string, database: string): string {
  return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(socket)}`;
}

async function connect(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks is noticed by its `end`; without a listener it would end the process.
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function ensureDatabase(socket: string): Promise<void> {
  const admin = await connect(address(socket, 'postgres', 'postgres'), 'amtomat-setup');
  try {
    const { rows } = await admin.query<{ roles: number; databases: number }>(
      `SELECT (SELECT count(*)::int FROM pg_roles WHERE rolname = 'amtomat') AS roles,
              (SELECT count(*)::int FROM pg_database WHERE datname = 'amtomat') AS databases`,
    );
    if (rows[0]?.roles === 0) await admin.query('CREATE ROLE amtomat LOGIN');
    if (rows[0]?.databases === 0) await admin.query('CREATE DATABASE amtomat OWNER amtomat');
  } finally {
    await admin.end();
  }
}

/** Opens a connection that shows others, and us, that the server is in use and alive. */
export async function openKeeper(socket: string): Promise<pg.Client> {
  const url = address(socket, 'amtomat', 'amtomat');
  try {
    return await connect(url, 'amtomat-keeper');
  } catch (error) {
    const code = (error as { code?: string }).code;
    // No such role or database yet: the first start, or one that was cut off between the two.
    if (code !== '28000' && code !== '3D000') throw error;
    await ensureDatabase(socket);
    return connect(url, 'amtomat-keeper');
  }
}

/** @returns whether any program but this one is connected */
export async function usedByOthers(socket: string): Promise<boolean> {
  const admin = await connect(address(socket, 'postgres', 'postgres'), 'amtomat-setup');
  try {
    const { rows } = await admin.query(
      "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1",
    );
    return rows.length > 0;
  } finally {
    await admin.end();
  }
}
