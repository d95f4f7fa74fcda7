// The same agreement with real cryptography: containers, epoch keys and HPKE wraps as a wallet makes them from policies. A reader opens a record if and only
// if the consents permit it, and whoever gets hold of every wrap there is opens no more than the keys of some grant reach.
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { decide, keysFor, narrowed, reachable, type AccessRequest, type GrantId, type StandingPolicy } from '#records/model/consent/index.ts';
import { openRecord, sealRecord } from '#records/model/keys/container.ts';
import { epochKeys, readingKeys } from '#records/model/keys/derive.ts';
import type { PublicKey, Sealed, SealingKeys } from '#records/model/keys/hpke.ts';
import { createRoot } from '#records/model/keys/root.ts';
import { openRecordKey, sealRecordKey, unwrapEpochKey, unwrapRecordKey, wrapEpochKey, wrapRecordKey, type GrantBinding } from '#records/model/keys/wraps.ts';
import { referenceOf } from '#records/model/swarm/split.ts';
import type { Address } from '#records/model/members.ts';
import { PURPOSES } from '#records/model/purposes.ts';
import type { RecordMeta } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';
import { CONTEXT, HOSPITAL, NOW, policy, record, recordId, REGISTRY, standing, STRANGER, DOCTOR, LABORATORY } from '../sample.ts';
import { standingOf } from './compare.ts';
import { isPermitted } from './naive.ts';
import { ORGANISATIONS, PEOPLE, randomFrom, randomPatient, type Patient } from './random.ts';

const PATIENTS = 200;
const readers = new Map([...PEOPLE, ...ORGANISATIONS, HOSPITAL, DOCTOR, STRANGER].map((address) => [address, readingKeys(createRoot())]));
const NOTE = utf8ToBytes('{"resourceType":"Observation","status":"final"}');

type Wrap = { readonly grant: GrantId; readonly recipient: Address; readonly binding: GrantBinding; readonly kind: 'epoch' | 'record'; readonly sealed: Sealed };
type Stored = { readonly meta: RecordMeta; readonly container: Uint8Array; readonly sealedKey: Sealed; readonly wraps: readonly Wrap[]; readonly epoch: { readonly number: number; readonly published: PublicKey } };

/** As the author seals a record to an epoch, and the patient's wallet wraps for each grant what its policy gives. */
async function stored(root: ReturnType<typeof createRoot>, meta: RecordMeta, grants: readonly StandingPolicy[], number: number, now: UnixSeconds): Promise<Stored> {
  const epoch = epochKeys(root, meta.category, number);
  const { key, container } = await sealRecord(meta, NOTE);
  const place = { record: meta.id, category: meta.category, epoch: number, reference: referenceOf(container) };
  const wraps = await Promise.all(grants.flatMap(({ grant, policy, word }) => {
    const { epochs, records } = keysFor(policy, [meta], { others: grants.map((one) => one.policy), now });
    const binding = { chainId: CONTEXT.chainId, registry: REGISTRY, owner: CONTEXT.patient, grant, word, category: meta.category, epoch: number };
    const reader = readers.get(policy.recipient)!.publicKey;
    const wrap = (kind: Wrap['kind'], sealing: Promise<Sealed>) => sealing.then((sealed): Wrap => ({ grant, recipient: policy.recipient, binding, kind, sealed }));
    return [
      ...(epochs.includes(meta.category) ? [wrap('epoch', wrapEpochKey(reader, epoch, binding))] : []),
      ...(records.includes(meta.id) ? [wrap('record', wrapRecordKey(reader, key, binding, meta.id))] : []),
    ];
  }));
  return { meta, container, sealedKey: await sealRecordKey(epoch.publicKey, key, place), wraps, epoch: { number, published: epoch.publicKey } };
}

async function opens(keys: SealingKeys, { meta, container, sealedKey, epoch }: Stored, wrap: Wrap): Promise<boolean> {
  const place = { record: meta.id, category: meta.category, epoch: epoch.number, reference: referenceOf(container) };
  try {
    const key = wrap.kind === 'epoch'
      ? await openRecordKey(await unwrapEpochKey(keys, wrap.sealed, wrap.binding, epoch.published), sealedKey, place)
      : await unwrapRecordKey(keys, wrap.sealed, wrap.binding, meta.id);
    return Buffer.from(await openRecord(key, meta, container)).equals(Buffer.from(NOTE));
  } catch {
    return false;
  }
}

/** Whether one of the wraps opens the record for somebody who holds these reading keys. */
async function opensAny(holders: readonly (Address | undefined)[], one: Stored, wraps: readonly Wrap[]): Promise<boolean> {
  for (const wrap of wraps) for (const holder of new Set(holders)) if (holder !== undefined && await opens(readers.get(holder)!, one, wrap)) return true;
  return false;
}

describe('a reader opens a record', () => {
  test(`if and only if the consents permit it, for ${PATIENTS} random patients`, async () => {
    const random = randomFrom(77);
    const tally = { permitted: 0, withheld: 0, beyond: 0 };
    for (let n = 0; n < PATIENTS; n++) {
      const { patient, request } = asked(random);
      const all = standingOf(patient);
      const grants = all.filter((_, i) => patient.consents[i]!.onChain === 'stands');
      const one = await stored(createRoot(), request.record, grants, 1, request.time);
      const holders = [request.person, request.organisation];
      const decision = decide(all, request);
      const released = decision.outcome === 'permit' ? one.wraps.filter(({ grant }) => grant === decision.grant) : [];
      const permitted = isPermitted(patient, request);
      expect(await opensAny(holders, one, released)).toBe(permitted);
      // a gateway that hands out everything it keeps: the keys still hold
      const reached = grants.some(({ policy }) => holders.includes(policy.recipient) && reachable(keysFor(policy, [request.record], { others: grants.map(({ policy }) => policy), now: request.time }), request.record));
      expect(await opensAny(holders, one, one.wraps)).toBe(reached);
      expect(await opensAny([STRANGER], one, one.wraps)).toBe(false);
      tally[permitted ? 'permitted' : reached ? 'withheld' : 'beyond']++;
    }
    expect(Math.min(tally.permitted, tally.withheld, tally.beyond)).toBeGreaterThan(PATIENTS / 20);
  });

  test('not with the keys of before, when it was written after the consent was taken back', async () => {
    const root = createRoot();
    const [hospital, doctor] = [standing(policy()), standing(policy({ recipient: DOCTOR, categories: ['results'] }))];
    const before = await stored(root, record(), [hospital, doctor], 1, NOW);
    const bumped = narrowed([hospital.policy, doctor.policy], [doctor.policy], NOW);
    expect(bumped).toContain('results');
    const after = await stored(root, record({ id: recordId(2), author: LABORATORY }), [doctor], 2, NOW);
    const old = before.wraps.filter(({ recipient }) => recipient === HOSPITAL);
    expect(await opensAny([HOSPITAL], before, old)).toBe(true); // what was read stays read
    expect(await opensAny([HOSPITAL], after, [...old, ...after.wraps])).toBe(false);
    expect(await opensAny([HOSPITAL], after, old.map((wrap) => ({ ...wrap, binding: { ...wrap.binding, epoch: 2 } })))).toBe(false);
    expect(await opensAny([DOCTOR], after, after.wraps)).toBe(true);
  });
});

/** A patient and a request to read: as chance has it, within a consent, or within one but for the purpose. */
function asked(random: ReturnType<typeof randomFrom>): { readonly patient: Patient; readonly request: AccessRequest & { record: RecordMeta } } {
  const kind = random.one(['any', 'permitted', 'purpose'] as const);
  for (;;) {
    const patient = randomPatient(random);
    const request = patient.requests[0]!;
    if (request.action !== 'read' || (kind !== 'any' && !isPermitted(patient, request))) continue;
    const other = PURPOSES.map((purpose) => ({ ...request, purpose })).find((one) => !isPermitted(patient, one));
    if (kind !== 'purpose') return { patient, request };
    if (other) return { patient, request: other };
  }
}
