// What the issuer must remember of each credential, and no more: its status entry, M, and a digest of each signed text. None of it
// says who the patient is or what was attested; M hides the claims behind a random salt. What is revoked stands on chain alone.
import type { Database, Migrations } from '#server';

export const ISSUER_MIGRATIONS: Migrations = [
  `CREATE TABLE anchor (
     id serial PRIMARY KEY,
     list bigint NOT NULL,
     root text NOT NULL,
     leaves bytea NOT NULL,
     created_at bigint NOT NULL,
     on_chain boolean NOT NULL DEFAULT false
   );
   CREATE TABLE credential (
     id text PRIMARY KEY,
     list bigint NOT NULL,
     index integer NOT NULL,
     message text NOT NULL,
     vc_digest bytea NOT NULL,
     sd_digest bytea NOT NULL,
     issued_at bigint NOT NULL,
     anchor integer REFERENCES anchor (id),
     UNIQUE (list, index)
   );
   CREATE INDEX credential_unanchored ON credential (list) WHERE anchor IS NULL;
   CREATE TABLE resignature (
     list bigint NOT NULL,
     index integer NOT NULL,
     key_x text NOT NULL,
     r8x text NOT NULL,
     r8y text NOT NULL,
     s text NOT NULL,
     PRIMARY KEY (list, index)
   );`,
];

export type CredentialRecord = {
  readonly id: string;
  readonly list: number;
  readonly index: number;
  /** M, decimal. */
  readonly message: string;
  readonly vcDigest: Uint8Array;
  readonly sdDigest: Uint8Array;
  readonly issuedAt: number;
};

export type AnchorRow = { readonly id: number; readonly list: number; readonly root: string; readonly leaves: Uint8Array; readonly onChain: boolean };
export type ResignatureRow = { readonly index: number; readonly R8x: string; readonly R8y: string; readonly S: string };

export type IssuerStore = ReturnType<typeof createIssuerStore>;

const COLUMNS = 'id, list::int8 AS list, index, message, vc_digest AS "vcDigest", sd_digest AS "sdDigest", issued_at::int8 AS "issuedAt"';
const INSERT = `INSERT INTO credential (id, list, index, message, vc_digest, sd_digest, issued_at)
  SELECT * FROM unnest($1::text[], $2::bigint[], $3::int[], $4::text[], $5::bytea[], $6::bytea[], $7::bigint[])`;
/** SQLSTATE: ids are random, so it is an entry. */
const UNIQUE_VIOLATION = '23505';

export function createIssuerStore(database: Database) {
  const one = <T>(rows: T[]): T | undefined => rows[0];
  return {
    /** Which of some entries are taken. The insert decides; this only saves work. */
    taken: async (list: number, indices: readonly number[]) =>
      (await database.query<{ index: number }>('SELECT index FROM credential WHERE list = $1 AND index = ANY($2::int[])', [list, indices])).map(({ index }) => index),

    /** Writes what was issued, all or nothing: one statement. Answers false when an entry was taken meanwhile. */
    async remember(records: readonly CredentialRecord[]): Promise<boolean> {
      const column = <T>(value: (record: CredentialRecord) => T) => records.map(value);
      try {
        await database.query(INSERT, [
          column((r) => r.id), column((r) => r.list), column((r) => r.index), column((r) => r.message),
          column((r) => r.vcDigest), column((r) => r.sdDigest), column((r) => r.issuedAt),
        ]);
        return true;
      } catch (error) {
        if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) return false;
        throw error;
      }
    },

    find: async (id: string) => one(await database.query<CredentialRecord>(`SELECT ${COLUMNS} FROM credential WHERE id = $1`, [id])),

    unanchored: (list: number) => database.query<CredentialRecord>(`SELECT ${COLUMNS} FROM credential WHERE list = $1 AND anchor IS NULL`, [list]),
    /** Puts records under a new anchor before its root goes on chain. */
    async addAnchor(list: number, root: string, leaves: Uint8Array, ids: readonly string[], now: number): Promise<number> {
      return database.transaction(async (tx) => {
        const [row] = await tx.query<{ id: number }>('INSERT INTO anchor (list, root, leaves, created_at) VALUES ($1, $2, $3, $4) RETURNING id', [list, root, leaves, now]);
        await tx.query('UPDATE credential SET anchor = $1 WHERE id = ANY($2::text[])', [row!.id, ids]);
        return row!.id;
      });
    },
    pendingAnchors: () => database.query<AnchorRow>('SELECT id, list::int8 AS list, root, leaves, on_chain AS "onChain" FROM anchor WHERE NOT on_chain ORDER BY id'),
    anchorByRoot: async (root: string) =>
      one(await database.query<AnchorRow>('SELECT id, list::int8 AS list, root, leaves, on_chain AS "onChain" FROM anchor WHERE root = $1', [root])),
    setAnchorOnChain: (id: number) => database.query('UPDATE anchor SET on_chain = true WHERE id = $1', [id]),

    /** Every M of a list, in index order, `limit` at a time. */
    messages: (list: number, afterIndex: number, limit: number) =>
      database.query<{ index: number; message: string }>('SELECT index, message FROM credential WHERE list = $1 AND index > $2 ORDER BY index LIMIT $3', [list, afterIndex, limit]),
    async saveResignatures(list: number, keyX: string, rows: readonly ResignatureRow[]): Promise<void> {
      await database.transaction(async (tx) => {
        for (const row of rows) {
          await tx.query(
            'INSERT INTO resignature VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (list, index) DO UPDATE SET key_x = $3, r8x = $4, r8y = $5, s = $6',
            [list, row.index, keyX, row.R8x, row.R8y, row.S],
          );
        }
      });
    },
    resignatures: (list: number, keyX: string, from: number, to: number) =>
      database.query<ResignatureRow>(
        'SELECT index, r8x AS "R8x", r8y AS "R8y", s AS "S" FROM resignature WHERE list = $1 AND key_x = $2 AND index >= $3 AND index < $4 ORDER BY index',
        [list, keyX, from, to],
      ),
  };
}
