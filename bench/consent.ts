// What a decision costs: at a patient with many policies whose decider is kept, as a gateway keeps it, and with everything that making one takes.
import { createConsent, compile, createSalt, grantWord, parseConsent, prepare, type Choices, type GrantId, type Policy, type StandingPolicy } from '#records/model/consent/index.ts';
import { isAddress, type Address } from '#records/model/members.ts';
import type { RecordMeta } from '#records/model/record.ts';
import type { UnixSeconds } from '#passport';
import { medians, type Row } from './measure.ts';

const GROUP = 'consent decision';
const POLICIES = 50;
const EXCEPTIONS = 20;
const ROUNDS = 9;
const CACHED = 200_000;
const COLD = 40;
const MOST_MICROSECONDS = 20;
const FROM = 1_767_225_600 as UnixSeconds;
const UNTIL = (FROM + 365 * 86_400) as UnixSeconds;
const GRANT = `0x${'1'.repeat(64)}` as GrantId;

export async function consentRows(): Promise<Row[]> {
  const policies = Array.from({ length: POLICIES }, (_, i) => granted(address(i + 1)));
  const decider = prepare(policies);
  const requests = [...Array(256).keys()].map(requestOf);
  const json = JSON.stringify(createConsent(choices(address(1)), CONTEXT));
  const decideMany = (of: ReturnType<typeof prepare>, times: number) => {
    let permitted = 0;
    for (let i = 0; i < times; i++) if (of.decide(requests[i & 255]!).outcome === 'permit') permitted++;
    if (permitted === 0 || permitted === times) throw new Error('every decision is the same: nothing was measured');
  };
  const taken = await medians({
    cached: () => decideMany(decider, CACHED),
    cold: () => { for (let i = 0; i < COLD; i++) prepare(policies).decide(requests[i & 255]!); },
    read: () => { for (let i = 0; i < COLD; i++) compile(parseConsent(JSON.parse(json)), { ...CONTEXT, recipient: address(1) }); },
  }, ROUNDS, { cached: CACHED, cold: COLD, read: COLD });
  const note = `${POLICIES} policies, ${EXCEPTIONS} exceptions each`;
  const row = (name: string, of: string): Row => ({ group: GROUP, name, value: taken[of]!.cpu * 1000, unit: 'µs CPU' });
  return [
    { ...row('cached', 'cached'), target: { atMost: MOST_MICROSECONDS }, note },
    { ...row('cold: every word compared with the chain', 'cold'), note },
    { ...row('one FHIR Consent read and compiled', 'read'), note: `${EXCEPTIONS} exceptions` },
  ];
}

function address(n: number): Address {
  const text = `0x${n.toString(16).padStart(40, '0')}`;
  if (!isAddress(text)) throw new TypeError('not an address');
  return text;
}

const CONTEXT = { patient: address(1000), gateway: address(1001), registry: address(1002), chainId: 31_337, grant: GRANT, now: FROM };
const recordId = (n: number) => n.toString(16).padStart(32, '0') as RecordMeta['id'];

const choices = (recipient: Address): Choices => ({
  effect: 'permit', recipient, actions: ['read', 'write'], from: FROM, until: UNTIL, purposes: ['TREAT', 'CAREMGT'], categories: ['results', 'imaging', 'medications'],
  exceptions: Array.from({ length: EXCEPTIONS }, (_, i) => ({ actors: [address(500 + i)], records: [recordId(i)] })),
});

function granted(recipient: Address): StandingPolicy {
  const policy: Policy = { version: 1, ...choices(recipient) };
  const salt = createSalt();
  return { grant: GRANT, policy, salt, word: grantWord(policy, salt) };
}

const requestOf = (i: number) => ({
  person: address(500 + (i % 40)), organisation: address(1 + (i % (POLICIES + 5))), purpose: i % 7 === 0 ? 'HRESCH' : 'TREAT', action: 'read', time: (FROM + i) as UnixSeconds,
  record: { id: recordId(i % 30), category: i % 5 === 0 ? 'sensitive' : 'results', date: '2026-02-01', author: 'patient' },
} as const);
