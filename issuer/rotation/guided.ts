// A rotation led step by step: prepare (nothing is public, and can be thrown away), switch, and then confirm or, of the keys in the DID document, go
// back. The claims key cannot come back once the registry has another: the contract takes a key once. docs/decisions/rotation.md
import { recordAudit, type Database } from '#server';
import { HealthpassError } from '#passport';
import type { Actor } from '../outbox/index.ts';
import { addRotation, isOver, lastRotation, setStage, type Rotatable, type RotationRow, type Stage } from './table.ts';

/** Seconds after the switch for which one can go back. */
export const BACK_FOR = 7 * 86_400;

/** What a rotation is made of; each step may be repeated. */
export type RotationSteps = {
  /** Makes a claims key and signs everything with it, which nobody sees. */
  readonly prepareClaims: () => Promise<unknown>;
  /** Throws the prepared key and its signatures away. */
  readonly discardClaims: () => Promise<unknown>;
  readonly switchClaims: (actor: Actor) => Promise<unknown>;
  /** Lists new keys in the DID document, and signs with them. */
  readonly switchDid: (actor: Actor) => Promise<unknown>;
  readonly retireDid: (actor: Actor) => Promise<unknown>;
  /** Unlists the new keys, once what they signed is anchored; the old ones sign again. */
  readonly withdrawDid: (actor: Actor) => Promise<unknown>;
  /** Signatures that are made with the prepared key. */
  readonly signedAhead: () => Promise<number>;
};

export type GuidedRotation = {
  readonly id: string;
  readonly keys: Rotatable;
  readonly stage: Stage;
  readonly preparedAt: number;
  readonly switchedAt?: number;
  readonly endedAt?: number;
  /** Until when one can go back, after the switch. */
  readonly backUntil?: number;
  /** What going back means now: nothing has happened, or the keys of the DID document alone. Absent where it is too late, or on its way. */
  readonly back?: 'nothing-happened' | 'document-keys-only' | 'document-keys';
  readonly signedAhead?: number;
  /** Code of what holds up a step that is on its way; it goes on by itself. */
  readonly trouble?: string;
};

export type Guide = {
  readonly state: () => Promise<GuidedRotation | undefined>;
  /** @throws HealthpassError `status-conflict` while one is under way */
  readonly prepare: (keys: Rotatable, actor: Actor) => Promise<GuidedRotation>;
  /** These answer when the step is written down; it goes on whether or not anybody waits. @throws HealthpassError `status-conflict` */
  readonly switch: (actor: Actor) => Promise<GuidedRotation>;
  readonly confirm: (actor: Actor) => Promise<GuidedRotation>;
  readonly back: (actor: Actor) => Promise<GuidedRotation>;
  /** Goes on with what a restart has interrupted. @returns whether a rotation is under way */
  readonly resume: () => Promise<boolean>;
  /** Resolves when nothing is on its way. */
  readonly settled: () => Promise<void>;
  /** Begins nothing more; the next start goes on. */
  readonly stop: () => void;
};

export type GuideDeps = {
  readonly database: Database;
  readonly steps: RotationSteps;
  /** Runs work when no other rotation does. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  /** Who acts after a restart. */
  readonly itself: Actor;
  /** Milliseconds between attempts of a step that fails. */
  readonly retry?: number;
};

/** Steps that are on their way, what each does, and where it leads. */
export function createGuide({ database, steps, inTurn, now, itself, retry = 15_000 }: GuideDeps): Guide {
  let trouble: string | undefined;
  let moving: Promise<void> = Promise.resolve();
  const stopping = new AbortController();
  let wake = () => {};
  const has = ({ keys }: RotationRow, part: 'claims' | 'did') => keys === part || keys === 'all';

  /** What a step that is on its way does, and where it ends. */
  async function move(row: RotationRow, actor: Actor): Promise<Stage> {
    if (row.stage === 'preparing') {
      if (has(row, 'claims')) await steps.prepareClaims();
      return 'prepared';
    }
    if (row.stage === 'switching') {
      if (has(row, 'claims')) await steps.switchClaims(actor);
      if (has(row, 'did')) await steps.switchDid(actor);
      return has(row, 'did') ? 'switched' : 'confirmed';
    }
    if (row.stage === 'confirming') {
      await steps.retireDid(actor);
      return 'confirmed';
    }
    if (row.switchedAt !== null) await steps.withdrawDid(actor);
    else if (has(row, 'claims')) await steps.discardClaims();
    return 'withdrawn';
  }

  /** Until it is done: a chain that does not answer now may do so later. Another step may be taken instead meanwhile. */
  async function go(actor: Actor): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const row = await lastRotation(database);
        if (!row || !ON_ITS_WAY.includes(row.stage)) return;
        const to = await inTurn(() => move(row, actor));
        trouble = undefined;
        await database.transaction((tx) => setStage(tx, [row.stage], to, now())).catch((error: unknown) => {
          if (!(error instanceof HealthpassError)) throw error; // it was told to go back meanwhile
        });
      } catch (error) {
        trouble = error instanceof HealthpassError ? error.code : 'internal';
        if (!stopping.signal.aborted) await new Promise<void>((resolve) => {
          wake = resolve;
          setTimeout(resolve, retry).unref();
        });
      }
    }
  }
  const start = (actor: Actor) => {
    wake();
    moving = moving.then(() => go(actor));
  };

  const state = async (): Promise<GuidedRotation | undefined> => {
    const row = await lastRotation(database);
    return row && describe(row);
  };
  async function describe(row: RotationRow): Promise<GuidedRotation> {
    const { id, keys, stage, preparedAt, switchedAt, endedAt } = row;
    const backUntil = switchedAt === null ? undefined : switchedAt + BACK_FOR;
    const isAhead = stage === 'preparing' || stage === 'prepared';
    const back = isAhead ? 'nothing-happened' as const : stage === 'switched' && now() < backUntil! ? keys === 'all' ? 'document-keys-only' as const : 'document-keys' as const : undefined;
    return {
      id, keys, stage, preparedAt, ...(switchedAt !== null && { switchedAt }), ...(endedAt !== null && { endedAt }), ...(backUntil !== undefined && !isOver(row) && { backUntil }), ...(back && { back }),
      ...(isAhead && has(row, 'claims') && { signedAhead: await steps.signedAhead() }), ...(trouble !== undefined && { trouble }),
    };
  }
  async function step(from: readonly Stage[], to: Stage, action: string, actor: Actor): Promise<GuidedRotation> {
    const row = await database.transaction(async (tx) => {
      const moved = await setStage(tx, from, to, now());
      await recordAudit(tx, actor, { action: `rotation.${action}`, target: moved.id, detail: { keys: moved.keys } }, now());
      return moved;
    });
    start(actor);
    return describe(row);
  }

  return {
    state,
    async prepare(keys, actor) {
      await database.transaction(async (tx) => {
        const id = await addRotation(tx, keys, now());
        await recordAudit(tx, actor, { action: 'rotation.prepare', target: id, detail: { keys } }, now());
      });
      start(actor);
      return (await state())!; // just added
    },
    switch: (actor) => step(['prepared'], 'switching', 'switch', actor),
    confirm: (actor) => step(['switched'], 'confirming', 'confirm', actor),
    async back(actor) {
      const row = await lastRotation(database);
      if (row?.stage === 'switched' && now() >= row.switchedAt! + BACK_FOR) throw new HealthpassError('status-conflict', 'it is too late to go back', { field: 'stage' });
      return step(['preparing', 'prepared', 'switched'], 'going-back', 'back', actor);
    },
    async resume() {
      const row = await lastRotation(database);
      start(itself);
      return row !== undefined && !isOver(row);
    },
    settled: () => moving,
    stop() {
      stopping.abort();
      wake();
    },
  };
}

const ON_ITS_WAY: readonly Stage[] = ['preparing', 'switching', 'confirming', 'going-back'];
