// A relationship as it is kept: one consent of a patient for one recipient, under an address of its own, and what the chain says of it.
import { hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { UnixSeconds } from '#passport';
import type { Queryable } from '#server';
import { CLEARED_WORD, parsePolicy, type GrantId, type GrantWord, type Policy, type StandingPolicy } from '#records/model/consent/index.ts';
import type { RelationshipState } from '#records/model/exchange/wire.ts';
import type { Address } from '#records/model/members.ts';
import type { GatewayDeps } from '../deps.ts';
import type { PatientId } from '../patient-keys.ts';
import { address } from '../schemas.ts';

export type Hex = `0x${string}`;

/** What names the patient's people and policies. */
export type Agreement = {
  readonly owner: Address;
  readonly recipient: Address;
  readonly grant: GrantId;
  readonly word: GrantWord;
  readonly salt: Hex;
  readonly policy: Policy;
  /** The FHIR Consent that it was compiled from. */
  readonly consent: Readonly<Record<string, unknown>>;
};
export type Relationship = Agreement & {
  readonly id: Hex;
  readonly patient: PatientId;
  readonly number: number;
  readonly state: RelationshipState;
  /** The word on chain, as it was last seen; undefined before it first was. */
  readonly standing: GrantWord | undefined;
  readonly request: Hex | undefined;
  readonly createdAt: UnixSeconds;
  readonly changedAt: UnixSeconds;
};

export type RelationshipRow = {
  readonly id: Hex; readonly patient: PatientId; readonly number: number; readonly state: RelationshipState; readonly standing: GrantWord | null; readonly sealed: Uint8Array;
  readonly request: Hex | null; readonly createdAt: number; readonly changedAt: number;
};
export const RELATIONSHIP_COLUMNS = 'id, patient, number, state, standing, sealed, request, created_at::int8 AS "createdAt", changed_at::int8 AS "changedAt"';

const sealedSchema = z.object({ owner: address, recipient: address, grant: z.string(), word: z.string(), salt: z.string(), policy: z.unknown(), consent: z.record(z.string(), z.unknown()) });
export const relationshipContext = (id: string): string => `relationship/${id}`;

/** What anybody finds a relationship by who knows one of its addresses. */
export const recipientIndex = (recipient: Address): string => `recipient/${recipient}`;
export const ownerIndex = (owner: Address): string => `owner/${owner}`;

export async function openRelationship({ patientKeys }: Pick<GatewayDeps, 'patientKeys'>, on: Queryable, { sealed, standing, request, createdAt, changedAt, ...row }: RelationshipRow): Promise<Relationship> {
  const sealer = await patientKeys.sealer(on, row.patient);
  const { policy, grant, word, salt, ...rest } = sealedSchema.parse(await sealer.open(relationshipContext(row.id), sealed));
  return {
    ...row, ...rest, policy: parsePolicy(policy), grant: grant as GrantId, word: word as GrantWord, salt: salt as Hex, // sealed by us as such
    standing: standing ?? undefined, request: request ?? undefined, createdAt: createdAt as UnixSeconds, changedAt: changedAt as UnixSeconds,
  };
}

/** Whether it counts for anything: not revoked, not refused by the chain, not over. */
export const isLive = ({ state, policy }: Relationship, now: UnixSeconds): boolean => (state === 'active' || state === 'pending') && now < policy.until;

/**
 * As decisions see it. A permission needs the chain and no signed revocation; a denial counts from its signature on, and until the chain says that it is gone.
 */
export function standingPolicy({ state, grant, policy, salt, word, standing }: Relationship): StandingPolicy {
  const isGone = state === 'failed' || (policy.effect === 'permit' ? state === 'revoked' || standing === undefined : standing === CLEARED_WORD);
  return { grant, policy, salt: hexToBytes(salt.slice(2)), word: isGone ? CLEARED_WORD : (policy.effect === 'deny' && state === 'pending' ? word : standing ?? word) };
}
