// Puts the same random patients before the three that must agree: the consent as it is written, the decision over policies and chain, and the keys.
import { compile, CLEARED_WORD, grantWord, keysFor, parseConsent, prepare, reachable, type AccessRequest, type Decision, type Policy, type PolicyKeys, type StandingPolicy } from '#records/model/consent/index.ts';
import type { RecordMeta } from '#records/model/record.ts';
import { CONTEXT } from '../sample.ts';
import { deniesForGood, isPermitted, isReleased, provisionOf, saysOf } from './naive.ts';
import { randomFrom, randomPatient, type OnChain, type Patient } from './random.ts';

export type Judges = {
  readonly prepare: (policies: readonly StandingPolicy[]) => { readonly decide: (request: AccessRequest) => Decision };
  readonly keysFor: (policy: Policy, records: readonly RecordMeta[], context: { readonly others: readonly Policy[]; readonly now: AccessRequest['time'] }) => Pick<PolicyKeys, 'epochs' | 'records'>;
};
export const JUDGES: Judges = { prepare, keysFor };
export type Tally = { policies: number; requests: number; permitted: number; denied: number; reachable: number };
export type Disagreement = { readonly between: string; readonly patient: Patient; readonly request: AccessRequest };

/** The first disagreement over as many requests, each with the policies of a patient, or what was compared without one. */
export function compare(judges: Judges, seed: number, atLeast: number): Tally | Disagreement {
  const random = randomFrom(seed);
  const tally: Tally = { policies: 0, requests: 0, permitted: 0, denied: 0, reachable: 0 };
  while (tally.requests < atLeast) {
    const patient = randomPatient(random);
    const found = disagreement(judges, patient, tally);
    if (found) return { ...found, patient };
  }
  return tally;
}

const SALT = new Uint8Array(32).map((_, i) => i);

export function standingOf({ consents }: Patient): StandingPolicy[] {
  return consents.map(({ json, onChain }, i) => {
    const consent = parseConsent(json);
    const policy = compile(consent, { ...CONTEXT, now: consent.choices.from, recipient: consent.choices.recipient });
    const salt = SALT.map((byte) => byte ^ i);
    return { grant: `0x${String(i).padStart(64, '0')}` as StandingPolicy['grant'], policy, salt, word: wordOf(policy, salt, onChain) };
  });
}

function wordOf(policy: Policy, salt: Uint8Array, onChain: OnChain): StandingPolicy['word'] {
  if (onChain === 'revoked') return CLEARED_WORD;
  return grantWord(onChain === 'changed' ? { ...policy, until: policy.until - 1 as Policy['until'] } : policy, salt);
}

function disagreement(judges: Judges, patient: Patient, tally: Tally): Omit<Disagreement, 'patient'> | undefined {
  const standing = standingOf(patient);
  const { decide } = judges.prepare(standing);
  tally.policies += standing.length;
  for (const request of patient.requests) {
    const decision = decide(request);
    const permitted = isPermitted(patient, request);
    tally.requests++;
    tally[permitted ? 'permitted' : 'denied']++;
    if (permitted !== (decision.outcome === 'permit')) return { between: 'consent and decision', request };
    const between = keysDisagree(judges, patient, standing, decision, request, tally);
    if (between) return { between, request };
  }
  return undefined;
}

function keysDisagree(judges: Judges, { consents }: Patient, standing: readonly StandingPolicy[], decision: Decision, request: AccessRequest, tally: Tally): string | undefined {
  if (request.action === 'write') return undefined;
  const { record, time } = request;
  const stands = standing.map((one, i) => ({ ...one, ...consents[i]! })).filter(({ onChain }) => onChain === 'stands');
  const policies = stands.map(({ policy }) => policy);
  for (const { grant, policy, json } of stands) {
    const provision = provisionOf(json);
    // alone: what its keys open and the release lets through is what the consent permits, no more and no less
    const alone = reachable(judges.keysFor(policy, [record], { others: [], now: time }), record);
    if ((alone && isReleased(provision, request)) !== (isPermitted({ consents: [{ json, onChain: 'stands' }] }, request))) return 'keys and consent';
    // among others: keys for whatever is permitted, none for what another consent denies for good
    const among = reachable(judges.keysFor(policy, [record], { others: policies, now: time }), record);
    if (among) tally.reachable++;
    if (decision.outcome === 'permit' && decision.grant === grant && !among) return 'keys and decision';
    if (among && stands.some((other) => other.policy !== policy && deniesForGood(provisionOf(other.json), provision, request))) return 'keys and denial';
    if (!alone && saysOf(provision, request) === 'permit' && isReleased(provision, request)) return 'keys and release';
  }
  return undefined;
}
