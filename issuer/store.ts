// What the issuer must remember of each credential, and no more: its status entry, M, and a digest of each signed text. None of it
// says who the patient is or what was attested; M hides the claims behind a random salt. What is revoked stands on chain alone.
import { LOT_MIGRATION } from './patients/lot.ts';
import { PATIENTS_MIGRATION, PEOPLE_SEARCH_MIGRATION, REGISTER_MIGRATION } from './patients/schema.ts';
import { OFFER_LIST_MIGRATION, OPENID4VCI_ANSWERS_MIGRATION, OPENID4VCI_MIGRATION } from './openid4vci/tables.ts';
import { CAMPAIGN_MIGRATION } from './campaigns/migration.ts';
import { ACCESS_MIGRATIONS, SEALING_MIGRATION, type Database, type Migration, type Migrations, type Queryable } from '#server';
import { OUTBOX_MIGRATION } from './outbox/schema.ts';
import { ROTATION_MIGRATION } from './rotation/table.ts';

const CREDENTIAL_MIGRATIONS: Migrations = [
  {
    name: 'credentials',
    formerly: 1,
    sql: `CREATE TABLE anchor (
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
  },
  {
    // Securings by themselves: wallets ask for them one by one, and for copies. What was issued before has all three, and is its own issuance.
    name: 'securings',
    sql: `CREATE TABLE securing (
     credential text NOT NULL REFERENCES credential (id),
     form text NOT NULL CHECK (form IN ('vc-jwt', 'sd-jwt-vc', 'claims')),
     digest bytea CHECK ((form = 'claims') = (digest IS NULL)),
     message text CHECK ((form = 'claims') = (message IS NOT NULL)),
     anchor integer REFERENCES anchor (id),
     PRIMARY KEY (credential, form)
   );
   INSERT INTO securing (credential, form, digest, anchor) SELECT id, 'vc-jwt', vc_digest, anchor FROM credential;
   INSERT INTO securing (credential, form, digest, anchor) SELECT id, 'sd-jwt-vc', sd_digest, anchor FROM credential;
   INSERT INTO securing (credential, form, message) SELECT id, 'claims', message FROM credential;
   CREATE INDEX securing_unanchored ON securing (credential) WHERE anchor IS NULL AND digest IS NOT NULL;
   ALTER TABLE credential ADD COLUMN issuance text, ADD COLUMN copy integer;
   UPDATE credential SET issuance = id, copy = 0;
   ALTER TABLE credential ALTER COLUMN issuance SET NOT NULL, ALTER COLUMN copy SET NOT NULL, ADD UNIQUE (issuance, copy),
     DROP COLUMN message, DROP COLUMN vc_digest, DROP COLUMN sd_digest, DROP COLUMN anchor;`,
  },
];

const PAPER_MIGRATION: Migration = {
  name: 'paper',
  sql: `ALTER TABLE securing DROP CONSTRAINT securing_form_check, ADD CONSTRAINT securing_form_check CHECK (form IN ('vc-jwt', 'sd-jwt-vc', 'claims', 'paper'));
   ALTER TABLE credential ADD COLUMN valid_until bigint;`,
};
const FIGURES_MIGRATION: Migration = { name: 'figures', sql: 'CREATE INDEX credential_issued ON credential (issued_at) WHERE copy = 0;' };

export const ISSUER_MIGRATIONS: Migrations = [...ACCESS_MIGRATIONS, SEALING_MIGRATION, ...CREDENTIAL_MIGRATIONS, OUTBOX_MIGRATION, PATIENTS_MIGRATION, LOT_MIGRATION, CAMPAIGN_MIGRATION, OPENID4VCI_MIGRATION, OPENID4VCI_ANSWERS_MIGRATION,
  PAPER_MIGRATION, REGISTER_MIGRATION, PEOPLE_SEARCH_MIGRATION, OFFER_LIST_MIGRATION, FIGURES_MIGRATION, ROTATION_MIGRATION];

/** In which ways one credential is secured for a device. */
export const SECURINGS = ['vc-jwt', 'sd-jwt-vc', 'claims'] as const;
/** `paper`: a VC-JWT that no device holds, under an entry of its own. */
export type Securing = (typeof SECURINGS)[number] | 'paper';

/** One status entry: a credential, or one of its copies for one-time use. */
export type CredentialRecord = {
  readonly id: string;
  /** What the copies of one credential have in common: they are revoked together. */
  readonly issuance: string;
  /** From 0. The n-th copies of all securings share an entry. */
  readonly copy: number;
  readonly list: number;
  readonly index: number;
  readonly issuedAt: number;
  /** Where it is not the lifetime of its kind from then on. */
  readonly validUntil?: number | undefined;
};
/** What is remembered of a signed text (`digest`) or of signed claims (`message`: M, decimal). */
export type SecuringRecord = { readonly form: Securing; readonly digest?: Uint8Array; readonly message?: string };
export type IssuedRecord = CredentialRecord & { readonly securings: readonly SecuringRecord[] };
export type SignedDigest = { readonly credential: string; readonly form: Securing; readonly digest: Uint8Array };

export type AnchorRow = { readonly id: number; readonly list: number; readonly root: string; readonly leaves: Uint8Array; readonly onChain: boolean };
export type ResignatureRow = { readonly index: number; readonly R8x: string; readonly R8y: string; readonly S: string };

export type IssuerStore = ReturnType<typeof createIssuerStore>;

const COLUMNS = 'id, issuance, copy, list::int8 AS list, index, issued_at::int8 AS "issuedAt"';
const INSERT = `INSERT INTO credential (id, issuance, copy, list, index, issued_at, valid_until)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::int[], $6::bigint[], $7::bigint[]) ON CONFLICT (id) DO NOTHING`;
const INSERT_SECURINGS = `INSERT INTO securing (credential, form, digest, message)
  SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[])`;
const ENTRIES_OF = `WITH named AS (
    SELECT n, coalesce((SELECT issuance FROM credential WHERE id = name), name) AS issuance FROM unnest($1::text[]) WITH ORDINALITY AS t (name, n)
  ), wanted AS (SELECT issuance, min(n) AS n FROM named GROUP BY issuance)
  SELECT c.id, c.list::int8 AS list, c.index FROM wanted LEFT JOIN credential c ON c.issuance = wanted.issuance
      AND ($2::text IS NULL OR c.issuance LIKE 'vc-api:%' OR EXISTS (SELECT 1 FROM issuance i WHERE i.id = c.issuance AND i.organisation = $2))
    ORDER BY wanted.n, c.copy`;
/** SQLSTATE: ids are random, so it is an entry, or a copy that another request has just made. */
const UNIQUE_VIOLATION = '23505';

/** Writes down entries within a transaction; a violation of uniqueness says that one was taken meanwhile. */
export async function insertEntries(tx: Queryable, records: readonly CredentialRecord[]): Promise<void> {
  const column = <T>(value: (record: CredentialRecord) => T) => records.map(value);
  await tx.query(INSERT, [
    column((r) => r.id), column((r) => r.issuance), column((r) => r.copy), column((r) => r.list), column((r) => r.index), column((r) => r.issuedAt), column((r) => r.validUntil ?? null),
  ]);
}

export function createIssuerStore(database: Database) {
  /** Roots of anchors that the database is known to hold: they are never deleted. */
  const held = new Set<string>();
  const one = <T>(rows: T[]): T | undefined => rows[0];
  return {
    /** Which of some entries are taken. The insert decides; this only saves work. */
    taken: async (list: number, indices: readonly number[]) =>
      (await database.query<{ index: number }>('SELECT index FROM credential WHERE list = $1 AND index = ANY($2::int[])', [list, indices])).map(({ index }) => index),

    /**
     * Writes what was issued, all or nothing, and what `alongside` writes with it. Answers false when an entry, or a form of a copy, was taken
     * meanwhile.
     */
    async remember(records: readonly IssuedRecord[], alongside: (tx: Queryable) => Promise<unknown> = async () => {}): Promise<boolean> {
      const securings = records.flatMap(({ id, securings: made }) => made.map((securing) => ({ id, ...securing })));
      try {
        await database.transaction(async (tx) => {
          await insertEntries(tx, records);
          await tx.query(INSERT_SECURINGS, [
            securings.map((s) => s.id), securings.map((s) => s.form), securings.map((s) => s.digest ?? null), securings.map((s) => s.message ?? null),
          ]);
          await alongside(tx);
        });
        return true;
      } catch (error) {
        const { code, table } = error as { code?: unknown; table?: unknown }; // as both databases report it
        if (code === UNIQUE_VIOLATION && (table === 'credential' || table === 'securing')) return false;
        throw error;
      }
    },

    /** The entry of a credential. */
    find: async (id: string) => one(await database.query<CredentialRecord>(`SELECT ${COLUMNS} FROM credential WHERE id = $1`, [id])),
    /** The entries of an issuance, in the order of their copies, with the forms that each has. */
    copies: (issuance: string) => database.query<CredentialRecord & { readonly forms: readonly Securing[] }>(
      `SELECT ${COLUMNS}, ARRAY(SELECT form FROM securing WHERE credential = credential.id) AS forms FROM credential WHERE issuance = $1 ORDER BY copy`, [issuance]),

    /**
     * The entries that ids of credentials or issuances stand for, with all copies, in the order of the ids. Undefined when one of them stands for
     * nothing, or for what another organisation has issued. Names of VC-API are keyed digests in which the organisation has a part already.
     * @param organisation null where all may be named
     */
    async entriesOf(ids: readonly string[], organisation: string | null): Promise<{ id: string; list: number; index: number }[] | undefined> {
      const rows = await database.query<{ id: string | null; list: number; index: number }>(ENTRIES_OF, [ids, organisation]);
      return rows.some(({ id }) => id === null) ? undefined : rows as { id: string; list: number; index: number }[]; // the line before says so
    },

    /** Digests of a list that are under no anchor yet. */
    unanchored: (list: number) => database.query<SignedDigest>(
      'SELECT credential, form, digest FROM securing JOIN credential ON credential.id = credential WHERE list = $1 AND anchor IS NULL AND digest IS NOT NULL', [list]),
    /** Puts signed texts under a new anchor before its root goes on chain. `within` runs in the same transaction. */
    async addAnchor(list: number, root: string, leaves: Uint8Array, signed: readonly SignedDigest[], now: number, within?: (tx: Queryable) => Promise<unknown>): Promise<number> {
      return database.transaction(async (tx) => {
        const [row] = await tx.query<{ id: number }>('INSERT INTO anchor (list, root, leaves, created_at) VALUES ($1, $2, $3, $4) RETURNING id', [list, root, leaves, now]);
        await tx.query(
          'UPDATE securing SET anchor = $1 FROM unnest($2::text[], $3::text[]) AS named (id, kind) WHERE credential = named.id AND form = named.kind',
          [row!.id, signed.map(({ credential }) => credential), signed.map(({ form }) => form)],
        );
        await within?.(tx);
        return row!.id;
      });
    },
    /** Whether it holds anchors of all these roots. */
    async knowsAnchors(roots: readonly string[]): Promise<boolean> {
      const unseen = roots.filter((root) => !held.has(root));
      if (unseen.length === 0) return true;
      for (const { root } of await database.query<{ root: string }>('SELECT root FROM anchor WHERE root = ANY($1::text[])', [unseen])) held.add(root);
      return unseen.every((root) => held.has(root));
    },
    pendingAnchors: () => database.query<AnchorRow>('SELECT id, list::int8 AS list, root, leaves, on_chain AS "onChain" FROM anchor WHERE NOT on_chain ORDER BY id'),
    anchorByRoot: async (root: string) =>
      one(await database.query<AnchorRow>('SELECT id, list::int8 AS list, root, leaves, on_chain AS "onChain" FROM anchor WHERE root = $1', [root])),
    setAnchorOnChain: (id: number) => database.query('UPDATE anchor SET on_chain = true WHERE id = $1', [id]),

    /** Every M of a list of which no signature was made with this key, in index order, `limit` at a time. */
    unsigned: (list: number, keyX: string, afterIndex: number, limit: number) =>
      database.query<{ index: number; message: string }>(
        `SELECT index, message FROM credential c JOIN securing s ON s.credential = c.id WHERE c.list = $1 AND s.message IS NOT NULL AND c.index > $2
          AND NOT EXISTS (SELECT 1 FROM resignature r WHERE r.key_x = $3 AND r.list = c.list AND r.index = c.index) ORDER BY c.index LIMIT $4`, [list, afterIndex, keyX, limit]),
    saveResignatures: (list: number, keyX: string, rows: readonly ResignatureRow[]) => database.query(
      `INSERT INTO resignature (list, index, key_x, r8x, r8y, s) SELECT $1, t.index, $2, t.r8x, t.r8y, t.s FROM unnest($3::int[], $4::text[], $5::text[], $6::text[]) AS t (index, r8x, r8y, s)
        ON CONFLICT (key_x, list, index) DO UPDATE SET r8x = excluded.r8x, r8y = excluded.r8y, s = excluded.s`,
      [list, keyX, rows.map(({ index }) => index), rows.map(({ R8x }) => R8x), rows.map(({ R8y }) => R8y), rows.map(({ S }) => S)]),
    countResignatures: async (keyX: string) => (await database.query<{ count: number }>('SELECT count(*)::int8 AS count FROM resignature WHERE key_x = $1', [keyX]))[0]!.count,
    /** Signatures of a key that nobody will ask for. */
    forgetResignatures: (keyX: string) => database.query('DELETE FROM resignature WHERE key_x = $1', [keyX]),
    /** How many M there are. */
    countMessages: async () => (await database.query<{ count: number }>('SELECT count(*)::int8 AS count FROM securing WHERE message IS NOT NULL'))[0]!.count,
    resignatures: (list: number, keyX: string, from: number, to: number) =>
      database.query<ResignatureRow>(
        'SELECT index, r8x AS "R8x", r8y AS "R8y", s AS "S" FROM resignature WHERE list = $1 AND key_x = $2 AND index >= $3 AND index < $4 ORDER BY index',
        [list, keyX, from, to],
      ),
  };
}
