// The story of an offer: from a record at the counter, by OpenID4VCI into a wallet, to a pass that a border takes, and back.
import { describe, expect, test } from 'vitest';
import { presentSdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import { sampleBundle, sampleImmunization } from '#network/samples/index.ts';
import type { TrustState } from '#passport';
import { heldCredentials, startPresentation, type HeldCredential, type Wallet } from '#wallet';
import { createHolderSigner } from '#formats/credential/index.ts';
import { readOffer, receiveOffer } from '#wallet/openid4vci/index.ts';
import { POLICIES } from '#passport/policies/index.ts';
import { DAY, newWallet, now, ok, type Network } from './network.ts';

const EU = 'eu-travel-2022';
type Made = { id: string; link: string; txCode: string };

export const describeOffers = (of: () => Network) => describe('an offer by OpenID4VCI', () => {
  const offer = async (fhir: unknown): Promise<Made> => ok(await of().issuer('/offers', { fhir })) as Made;
  const stateOf = async ({ id }: Made) => (ok(await of().issuer(`/offers/${id}`)) as { state: string }).state;
  const receive = async (wallet: Wallet, made: Made): Promise<HeldCredential[]> => {
    const deps = { fetch, development: true, context: async () => ({ trust: await of().trust(), now: now(), maxTrustAge: DAY }) };
    return receiveOffer(wallet, await readOffer(made.link, deps), { txCode: made.txCode }, deps);
  };
  const show = async (wallet: Wallet, trust: TrustState) => {
    const presentation = await startPresentation(wallet, { policy: EU }, { now: now(), policies: POLICIES, trust, prover: of().prover });
    return ok(await of().verifier('/verify', { text: await presentation.sign(now()), policy: EU })) as { outcome: string; reason?: string };
  };

  test('becomes credentials in a wallet, and a pass that the verifier accepts', async () => {
    const wallet = await newWallet();
    const made = await offer(sampleBundle(now()));
    const held = await receive(wallet, made);
    expect(held.length).toBeGreaterThan(5);
    expect(await stateOf(made)).toBe('accepted');
    expect(await show(wallet, await of().trust())).toMatchObject({ outcome: 'accepted' });
  });
  test('gives SD-JWT VCs by the issuer’s URL, which the verifier shows by DID and name', async () => {
    const wallet = await newWallet();
    const [held] = await receive(wallet, await offer(sampleImmunization(now())));
    const { sdJwtVc } = (await heldCredentials(wallet))[0]!.issued;
    const [audience, nonce] = ['https://venue.example', '5e'.repeat(16)];
    const text = await presentSdJwtVc(sdJwtVc, { disclose: ['product'], audience, nonce, holder: createHolderSigner(held!.holderSecret), now: now() });
    expect(ok(await of().verifier('/verify', { text, audience, challenge: nonce }))).toMatchObject({ outcome: 'accepted', shown: { issuer: held!.issued.issuer, issuerName: 'Sample Health Centre', holderBound: true } });
    expect(JSON.parse(Buffer.from(sdJwtVc.split('.')[1]!, 'base64url').toString())).toMatchObject({ iss: of().endpoints.issuer });
  });
  test('is recorded with its patient; who is erased can redeem nothing any more', async () => {
    const person = { family: 'Flüchtig', given: ['Flora'], birthDate: '1971-07-07' };
    const patientResource = { resourceType: 'Patient', id: 'example', name: [{ family: person.family, given: person.given }], birthDate: person.birthDate };
    const event = { ...(sampleImmunization(now()) as object), patient: { reference: 'Patient/example' } };
    const made = await offer({ resourceType: 'Bundle', type: 'collection', entry: [{ fullUrl: 'urn:example:2', resource: patientResource }, { resource: event }] });
    const { patients } = ok(await of().issuer('/patients/search', person)) as { patients: { id: string }[] };
    expect(patients).toHaveLength(1);
    const patient = patients[0]!.id;
    const response = await fetch(`${of().endpoints.issuer}/patients/${patient}`, { method: 'DELETE', headers: { authorization: `Bearer ${of().token}` } });
    expect(response.status).toBe(200);
    expect(await stateOf(made)).toBe('cancelled');
    await expect(readOffer(made.link, { fetch, development: true })).rejects.toMatchObject({ code: 'offer-over' });
  });
});
