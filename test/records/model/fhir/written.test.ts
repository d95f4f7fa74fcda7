// What this project writes as FHIR is FHIR: consents and accounts of accesses, by the same validation that others' records go through.
import { describe, expect, test } from 'vitest';
import { createAuditEvent, type Access } from '#records/model/audit/index.ts';
import { validateResource } from '#records/model/fhir/index.ts';
import type { Address } from '#records/model/members.ts';
import { at, CHAIN, doctor, hospital, reading, recordId as recordOf } from '../audit/ledger.ts';
import { address, consentJson, recordId } from '../consent/sample.ts';

const grant = `0x${'ab'.repeat(32)}` as const;
const member = { kind: 'member', person: { address: doctor, name: 'Dr Ada Ahmadi', role: 'doctor' } } as const;
const accesses: readonly Access[] = [
  reading, { kind: 'denied', actor: member, purpose: 'HRESCH', action: 'read', asked: { categories: ['results', 'sensitive'], from: '2026-01-01' }, grant, reason: 'purpose' },
  { kind: 'written', actor: { kind: 'patient' }, record: { id: recordOf('d'), category: 'vitals' } }, { kind: 'emergency', step: 'opened', actor: member, emergency: grant, reason: 'unconscious' },
  { kind: 'consent', change: 'granted', actor: { kind: 'patient' }, grant, recipient: { address: hospital, name: 'Harbour Hospital', role: 'hospital' }, categories: ['allergies', 'medications'] },
];

describe('validateResource on what is written here', () => {
  test.each([
    ['all of a patient', {}], ['some categories and purposes', { purposes: ['TREAT'], categories: ['results'] }],
    ['data of a period, with exceptions', { dataPeriod: { from: '2020-01-01' }, exceptions: [{ actors: [address(3)], categories: ['conditions'] }] }],
    ['single records', { records: [recordId(1)] }], ['what some have written', { authors: [address(5)] }], ['a refusal', { effect: 'deny' }],
  ] as const)('a Consent to %s', (_, choices) => expect(validateResource(consentJson(choices))).toEqual([]));
  test('an AuditEvent of each kind', () => {
    const place = { gateway: { address: '0x3333333333333333333333333333333333333333' as Address, url: 'https://records.example' }, chainId: CHAIN, patient: 'b7e1', time: at(0) };
    for (const access of accesses) expect(validateResource(createAuditEvent(access, place))).toEqual([]);
  });
});
