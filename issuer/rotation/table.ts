// Rotations that are led step by step: one at a time, written down at every step, so that a restart goes on where it was.
import { randomUUID } from 'node:crypto';
import { HealthpassError } from '#passport';
import type { Migration, Queryable } from '#server';

export const ROTATION_MIGRATION: Migration = {
  name: 'rotation',
  sql: `CREATE TABLE key_rotation (
     id text PRIMARY KEY,
     number bigserial UNIQUE,
     keys text NOT NULL CHECK (keys IN ('claims', 'did', 'all')),
     stage text NOT NULL CHECK (stage IN ('preparing', 'prepared', 'switching', 'switched', 'confirming', 'going-back', 'confirmed', 'withdrawn')),
     prepared_at bigint NOT NULL,
     switched_at bigint,
     ended_at bigint
   );
   CREATE UNIQUE INDEX key_rotation_one ON key_rotation ((true)) WHERE stage NOT IN ('confirmed', 'withdrawn');
   ALTER TABLE resignature DROP CONSTRAINT resignature_pkey, ADD PRIMARY KEY (key_x, list, index);`,
};

export const ROTATABLE = ['claims', 'did', 'all'] as const;
export type Rotatable = (typeof ROTATABLE)[number];
/**
 * `preparing`: signatures are made ahead. `prepared`: nothing is public. `switching`: on its way, and goes on. `switched`: the new keys sign, the old
 * ones of the DID document are listed still. `confirming`, `going-back`: on its way. `confirmed`, `withdrawn`: over.
 */
export const STAGES = ['preparing', 'prepared', 'switching', 'switched', 'confirming', 'going-back', 'confirmed', 'withdrawn'] as const;
export type Stage = (typeof STAGES)[number];

export type RotationRow = { readonly id: string; readonly keys: Rotatable; readonly stage: Stage; readonly preparedAt: number; readonly switchedAt: number | null; readonly endedAt: number | null };

const COLUMNS = 'id, keys, stage, prepared_at::int8 AS "preparedAt", switched_at::int8 AS "switchedAt", ended_at::int8 AS "endedAt"';
const UNIQUE_VIOLATION = '23505';

/** The newest, under way or over. */
export const lastRotation = async (on: Queryable): Promise<RotationRow | undefined> => (await on.query<RotationRow>(`SELECT ${COLUMNS} FROM key_rotation ORDER BY number DESC LIMIT 1`))[0];

export const isOver = ({ stage }: RotationRow): boolean => stage === 'confirmed' || stage === 'withdrawn';

/** @throws HealthpassError `status-conflict` while another is under way */
export async function addRotation(tx: Queryable, keys: Rotatable, at: number): Promise<string> {
  const id = randomUUID();
  try {
    await tx.query('INSERT INTO key_rotation (id, keys, stage, prepared_at) VALUES ($1, $2, $3, $4)', [id, keys, 'preparing', at]);
  } catch (error) {
    if ((error as { code?: unknown }).code === UNIQUE_VIOLATION) throw underWay();
    throw error;
  }
  return id;
}

export const underWay = () => new HealthpassError('status-conflict', 'a rotation is under way; end it first', { field: 'rotation' });

/** Goes on from one of some stages. @throws HealthpassError `status-conflict` from any other */
export async function setStage(tx: Queryable, from: readonly Stage[], to: Stage, at: number): Promise<RotationRow> {
  const [row] = await tx.query<RotationRow>(
    `UPDATE key_rotation SET stage = $2, switched_at = CASE WHEN $2 = 'switched' THEN $3 ELSE switched_at END, ended_at = CASE WHEN $2 IN ('confirmed', 'withdrawn') THEN $3 ELSE ended_at END
      WHERE stage = ANY($1::text[]) RETURNING ${COLUMNS}`, [from, to, at]);
  if (!row) throw new HealthpassError('status-conflict', 'the rotation is at another step', { field: 'stage' });
  return row;
}
