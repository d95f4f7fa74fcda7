// Makes the secrets that compose.yaml names, unless they are there: a password of PostgreSQL and the URL with it.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const folder = new URL('secrets/', import.meta.url);
mkdirSync(folder, { recursive: true, mode: 0o700 });
if (!existsSync(new URL('postgres-password', folder))) {
  const password = randomBytes(24).toString('hex');
  // Readable inside the containers, whose users are others; the folder keeps everybody else out.
  writeFileSync(new URL('postgres-password', folder), password, { mode: 0o644 });
  writeFileSync(new URL('database-url', folder), `postgres://healthpass:${password}@postgres:5432/healthpass`, { mode: 0o644 });
}
