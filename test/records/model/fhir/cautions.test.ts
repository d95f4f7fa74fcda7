import { describe, expect, test } from 'vitest';
import { cautionsOf } from '#records/model/fhir/index.ts';
import { allergy, condition, observation, prescription } from './examples.ts';

const verified = (code: string) => ({ verificationStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] } });
const modified = { modifierExtension: [{ url: 'urn:x:not', valueBoolean: true }] };

describe('cautionsOf', () => {
  test('there is none where a record means what its title says', () => {
    for (const resource of [allergy, condition, observation, prescription, { ...condition, ...verified('confirmed') }, { resourceType: 'CarePlan', status: 'active', intent: 'plan' }]) expect(cautionsOf(resource)).toEqual([]);
  });

  test.each([
    ['a prohibition', { ...prescription, doNotPerform: true }, ['do-not-perform']], ['a diagnosis that was ruled out', { ...condition, ...verified('refuted') }, ['refuted']], ['what was entered by mistake', { ...observation, status: 'entered-in-error' }, ['entered-in-error']],
    ['an allergy that was entered by mistake', { ...allergy, ...verified('entered-in-error') }, ['entered-in-error']], ['a vaccination that was not given', { resourceType: 'Immunization', status: 'not-done' }, ['not-done']],
    ['a medicine that is not taken', { resourceType: 'MedicationStatement', status: 'not-taken' }, ['not-taken']], ['a proposal', { ...prescription, intent: 'proposal' }, ['not-ordered']], ['what an extension changes', { ...observation, ...modified }, ['qualified']],
    ['what an extension changes deep inside', { ...prescription, dosageInstruction: [{ text: 'One', ...modified }] }, ['qualified']], ['several at once', { ...prescription, intent: 'plan', doNotPerform: true }, ['do-not-perform', 'not-ordered']],
  ])('%s is one', (_, resource, cautions) => {
    expect(cautionsOf(resource)).toEqual(cautions);
  });
});
