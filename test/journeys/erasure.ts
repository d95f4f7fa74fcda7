// The story of being forgotten: a person is erased at the issuer; what was handed out is the person's own, and can still be taken back.
import { beforeAll, describe, expect, test } from 'vitest';
import { sampleImmunization } from '#network/samples/index.ts';
import { entryStatus, type IssuedCredential } from '#passport';
import { newWallet, now, ok, type Network } from './network.ts';

type Patients = { readonly patients: readonly { readonly id: string; readonly person: { readonly family: string } }[] };
type Issuances = { readonly issuances: readonly { readonly id: string; readonly patient: string | null; readonly credentials: readonly { readonly id: string }[] }[] };

export const describeErasure = (of: () => Network) => describe('being erased', () => {
  const person = { family: 'Vergessen', given: ['Viktor'], birthDate: '1961-05-04' };
  const patient = { resourceType: 'Patient', id: 'example', name: [{ family: person.family, given: person.given }], birthDate: person.birthDate };
  let issued: IssuedCredential;
  const search = async () => (ok(await of().issuer('/patients/search', person)) as Patients).patients;
  const issuances = async (query: string) => (ok(await of().issuer(`/issuances${query}`)) as Issuances).issuances;
  const erase = (id: string) => fetch(`${of().endpoints.issuer}/patients/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${of().token}` } });
  beforeAll(async () => {
    const record = { resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:example:1', resource: patient }, { resource: { ...(sampleImmunization(now()) as object), patient: { reference: 'Patient/example' } } }] };
    [issued] = await of().issueTo(await newWallet(), record) as [IssuedCredential];
  });

  test('what was issued stands in the register under its person, and is erased with it', async () => {
    const [found] = await search();
    expect(found?.person.family).toBe(person.family);
    expect((await issuances(`?patient=${found!.id}`)).map(({ credentials }) => credentials.map(({ id }) => id))).toEqual([[issued.id]]);
    expect((await erase(found!.id)).status).toBe(200);
    expect(await search()).toEqual([]);
    expect((await issuances('')).find(({ credentials }) => credentials.some(({ id }) => id === issued.id))?.patient).toBeNull();
    expect((await erase(found!.id)).status).toBe(404);
  });

  test('the credential stays good, and can be revoked by its id', async () => {
    expect(await of().verifier('/verify', { text: issued.vcJwt })).toMatchObject({ body: { outcome: 'accepted' } });
    expect(await of().issuer('/credentials/revoke', { ids: [issued.id] })).toMatchObject({ status: 200, body: { credentials: [{ changed: true }] } });
    const { list, index } = issued.claims;
    await of().trustWhen((trust) => entryStatus(trust, list, index) === 'revoked');
    expect(await of().verifier('/verify', { text: issued.vcJwt })).toMatchObject({ body: { reason: 'credential-revoked' } });
  });
});
