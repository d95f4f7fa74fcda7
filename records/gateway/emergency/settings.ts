// What a patient laid ready for an emergency. Found by the digest of a card's code, or of an identifier, under a key of the gateway: the database alone
// does not say whether a guess is right.
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import type { Finder } from '#records/model/emergency/finder.ts';
import { keyHeadSchema, shareSchema } from '#records/model/emergency/shares.ts';
import { subjectOf } from '#records/model/emergency/finder.ts';
import { newSettingSchema, type EmergencyWrap, type KeptSetting, type NewSetting } from '#records/model/emergency/wire.ts';
import { bytes32Text } from '#records/model/exchange/wire.ts';
import type { Category } from '#records/model/record.ts';
import { readEpochs } from '../epochs/key-book.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';

const keptSchema = newSettingSchema.omit({ wraps: true, finders: true, shares: true, head: true, renews: true }).extend({ head: keyHeadSchema, shares: z.array(shareSchema), identifier: bytes32Text.optional() });
export type Setting = z.infer<typeof keptSchema>;
type Row = { readonly sealed: Uint8Array; readonly usedAt: number | null; readonly at: number };

export type SettingBook = ReturnType<typeof createSettingBook>;

export function createSettingBook({ patientKeys, blind, roles, careIndex, now }: Pick<GatewayDeps, 'patientKeys' | 'blind' | 'roles' | 'careIndex' | 'now'>) {
  const indexOf = ({ by, digest }: Finder): Uint8Array => blind(`emergency-${by}/${digest}`);
  const contextOf = (patient: PatientId) => `emergency-setting/${patient}`;

  async function find(on: Queryable, patient: PatientId): Promise<(Setting & { readonly usedAt: number | undefined; readonly since: number }) | undefined> {
    const [row] = await on.query<Row>('SELECT sealed, used_at::int8 AS "usedAt", at::int8 AS at FROM emergency_setting WHERE patient = $1', [patient]);
    if (!row) return undefined;
    const setting = keptSchema.parse(await (await patientKeys.sealer(on, patient)).open(contextOf(patient), row.sealed));
    return { ...setting, usedAt: row.usedAt ?? undefined, since: row.at };
  }

  /** Parts in the hands of hospitals that stand now, as many as the contract asks for. @throws HealthpassError `request-invalid` */
  function assertSetting({ head, shares, finders, wraps, categories }: NewSetting, epochs: ReadonlySet<string>): void {
    const custodians = shares.map(({ custodian }) => custodian);
    if (head.threshold !== careIndex.quorum()) throw invalid('head.threshold', 'as many parts are needed as the contract needs approvals');
    if (new Set(custodians).size !== custodians.length || custodians.length < head.threshold) throw invalid('shares', 'each custodian has one part, and there are enough of them');
    if (custodians.some((custodian) => !roles.standing(custodian, now()).roles.includes('hospital'))) throw invalid('shares', 'a custodian is no hospital');
    if (finders.filter(({ by }) => by === 'card').length !== 1 || new Set(finders.map(({ by }) => by)).size !== finders.length) throw invalid('finders', 'there is one card, and at most one identifier');
    if (JSON.stringify(finders.map(subjectOf)) !== JSON.stringify(head.subjects)) throw invalid('head.subjects', 'the parts are bound to something else');
    assertWraps(wraps, categories, epochs);
  }

  function assertWraps(wraps: readonly EmergencyWrap[], categories: readonly Category[], epochs: ReadonlySet<string>): void {
    if (new Set(wraps.map(placeOf)).size !== wraps.length) throw invalid('wraps', 'something is given twice');
    if (wraps.some((one) => !categories.includes(one.category) || !epochs.has(placeOf(one)))) throw invalid('wraps', 'something was wrapped that is not to be opened');
  }

  const epochsOf = async (on: Queryable, patient: PatientId) => new Set((await readEpochs(on, patient)).map(placeOf));
  const addWraps = (tx: Queryable, patient: PatientId, wraps: readonly EmergencyWrap[]) => tx.query(
    'INSERT INTO emergency_wrap SELECT $1, * FROM unnest($2::text[], $3::bigint[], $4::text[]) ON CONFLICT (patient, category, number) DO UPDATE SET wrap = excluded.wrap',
    [patient, wraps.map(({ category }) => category), wraps.map(({ epoch }) => epoch), wraps.map(({ wrap }) => wrap)]);

  return {
    find,
    /** Whom a finder finds; nobody where two may be meant. */
    async patientOf(on: Queryable, finder: Finder): Promise<PatientId | undefined> {
      const rows = await on.query<{ patient: PatientId }>(`SELECT s.patient FROM emergency_setting s JOIN patient p ON p.id = s.patient WHERE s.${finder.by === 'card' ? 'card' : 'identifier'} = $1 LIMIT 2`, [indexOf(finder)]);
      return rows.length === 1 ? rows[0]!.patient : undefined;
    },
    /** Replaces what was there. @throws HealthpassError `request-invalid` */
    async replace(tx: Queryable, patient: PatientId, setting: NewSetting): Promise<void> {
      assertSetting(setting, await epochsOf(tx, patient));
      const { wraps, finders, renews: _, ...rest } = setting;
      const [card, identifier] = [finders.find(({ by }) => by === 'card')!, finders.find(({ by }) => by === 'identifier')]; // asserted
      const sealed = await (await patientKeys.sealer(tx, patient)).seal(contextOf(patient), { ...rest, ...(identifier && { identifier: identifier.digest }) });
      await tx.query('DELETE FROM emergency_setting WHERE patient = $1', [patient]);
      const added = await tx.query('INSERT INTO emergency_setting (patient, card, identifier, sealed, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1',
        [patient, indexOf(card), identifier ? indexOf(identifier) : null, sealed, now()]);
      if (added.length === 0) throw invalid('finders', 'the card is that of somebody else');
      await addWraps(tx, patient, wraps);
    },
    remove: (tx: Queryable, patient: PatientId) => tx.query('DELETE FROM emergency_setting WHERE patient = $1', [patient]),
    /** @throws HealthpassError `consent-conflict` when another setting stands now */
    async wrap(tx: Queryable, patient: PatientId, id: string, wraps: readonly EmergencyWrap[]): Promise<void> {
      const setting = await find(tx, patient);
      if (setting?.head.id !== id) throw new HealthpassError('consent-conflict', 'the setting was changed meanwhile', { field: 'id' });
      assertWraps(wraps, setting.categories, await epochsOf(tx, patient));
      await addWraps(tx, patient, wraps);
    },
    async view(on: Queryable, patient: PatientId): Promise<KeptSetting | undefined> {
      const setting = await find(on, patient);
      if (!setting) return undefined;
      const { shares, usedAt, since, identifier, ...rest } = setting;
      const wrapped = await on.query<{ category: Category; epoch: number }>('SELECT category, number::int8 AS epoch FROM emergency_wrap WHERE patient = $1 ORDER BY category, number', [patient]);
      return { ...rest, custodians: shares.map(({ custodian }) => custodian), since: since as UnixSeconds, isUsed: usedAt !== undefined, isIdentifiable: identifier !== undefined, ...(identifier && { identifier }), wrapped };
    },
    markUsed: (tx: Queryable, patient: PatientId) => tx.query('UPDATE emergency_setting SET used_at = COALESCE(used_at, $2) WHERE patient = $1', [patient, now()]),
    /** What opens the epochs of these entries. */
    wrapsFor: (on: Queryable, patient: PatientId, places: readonly { readonly category: Category; readonly epoch: number }[]) => on.query<EmergencyWrap & { key: string }>(
      `SELECT w.category, w.number::int8 AS epoch, w.wrap, e.key FROM emergency_wrap w JOIN epoch e ON e.patient = w.patient AND e.category = w.category AND e.number = w.number
        WHERE w.patient = $1 AND w.category || '/' || w.number = ANY($2::text[])`, [patient, [...new Set(places.map(placeOf))]]),
  };
}

const placeOf = ({ category, epoch }: { readonly category: string; readonly epoch: number }) => `${category}/${epoch}`;
const invalid = (field: string, message: string) => new HealthpassError('request-invalid', message, { field });
