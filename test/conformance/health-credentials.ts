// Health credentials as `POST /credentials` issues them, at the verifier's VC-API: by the rules of /verify, with accreditation as a line of its own.
import { readFile } from 'node:fs/promises';
import { Wallet } from 'ethers';
import { beforeAll, describe, expect, test } from 'vitest';
import { connect, createMemoryJournal, createSender, parseDeployment, reinstateIssuer, suspendIssuer, type Call } from '#contracts';
import { createHolderSigner, type HolderSigner } from '#formats/credential/index.ts';
import { createVpJwt } from '#formats/vc-jwt/index.ts';
import { sampleBundle } from '#network/samples/index.ts';
import { readJsonFile } from '#server';
import { now } from '../journeys/network.ts';
import { createJosePerson, envelope } from './parties.ts';
import { problemsIn, until, verify, type Answer, type Json, type Services } from './services.ts';

const CHALLENGE = 'u7JYqLQcEPcMZ2Yq3k0VZ2w';
type Issued = { readonly id: string; readonly text: string; readonly holder: HolderSigner };

export function describeHealthCredentials(of: () => Services): void {
  const operator = () => ({ authorization: `Bearer ${of().token}` });
  let issued: Issued;
  async function issue(): Promise<Issued> {
    const { status, body: preview } = await of().post('issuer', '/preview', { fhir: sampleBundle(now()) }, operator());
    expect(status).toBe(200);
    const bindings = Array.from({ length: preview['events'] as number }, () => ({ holder: createHolderSigner(), commitment: `${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}` }));
    const { body } = await of().post('issuer', '/credentials', { fhir: sampleBundle(now()), bindings: bindings.map(({ holder, commitment }) => ({ commitment, key: holder.key })) }, operator());
    const [credential] = body['credentials'] as { id: string; vcJwt: string }[];
    return { id: credential!.id, text: credential!.vcJwt, holder: bindings[0]!.holder };
  }
  const payload = ({ text }: Issued): Json & { vc: Json } => JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()) as Json & { vc: Json };
  const edited = (of: Issued, changes: Json): string => {
    const [header, , signature] = of.text.split('.');
    return `${header}.${Buffer.from(JSON.stringify({ ...payload(of), ...changes })).toString('base64url')}.${signature}`;
  };
  const present = (by: HolderSigner, credentials: readonly string[], challenge = CHALLENGE) => createVpJwt(by, { credentials, challenge, audience: 'verifier.example', now: now() });
  const verifyPresentation = (verifiablePresentation: unknown, options: Json = { challenge: CHALLENGE, domain: 'verifier.example' }) => of().post('verifier', '/presentations/verify', { verifiablePresentation, options });
  const accepted = (answer: Answer): boolean => answer.status === 200;
  async function govern(call: Call): Promise<void> {
    const { folder, endpoints } = of();
    const provider = connect(endpoints.rpc, parseDeployment(await readJsonFile(folder.deployment)).chainId);
    const wallet = new Wallet(`0x${(await readFile(folder.governanceKey, 'utf8')).trim()}`, provider);
    await createSender({ provider, wallet, journal: createMemoryJournal() }).send(call, { id: crypto.randomUUID() });
    provider.destroy();
  }
  beforeAll(async () => { issued = await issue(); });

  describe('POST /credentials/verify, for a health credential of our own', () => {
    test('verifies it as a text, in an envelope and as Veramo shows it, by the key and the status on chain', async () => {
      const answer = await until(() => verify(of(), issued.text), accepted);
      expect(answer.body).toMatchObject({
        verified: true, accredited: true, issuer: of().issuers.jwt_vc, securing: 'jwt', checks: ['form', 'proof', 'validity', 'status'], warnings: [], errors: [],
        credential: { id: issued.id, issuer: of().issuers.jwt_vc, type: payload(issued).vc['type'], credentialSubject: { id: payload(issued)['sub'] } },
      });
      expect((await verify(of(), envelope(issued.text, 'application/jwt'))).body).toMatchObject({ verified: true, accredited: true });
      expect((await verify(of(), { ...answer.body['credential'] as Json, proof: { type: 'JwtProof2020', jwt: issued.text } })).body).toMatchObject({ verified: true, accredited: true });
    });

    test('refuses one whose text, payload or signature was changed, or that is shown beside other words', async () => {
      const { text } = issued;
      const cut = text.lastIndexOf('.') + 1;
      const { body } = await verify(of(), text);
      const year = { ...body['credential'] as Json, expirationDate: '2100-01-01T00:00:00Z', proof: { type: 'JwtProof2020', jwt: text } };
      const forged = [edited(issued, { exp: 4_000_000_000 }), edited(issued, { sub: 'did:jwk:e30' }), text.slice(0, cut) + (text[cut] === 'A' ? 'B' : 'A') + text.slice(cut + 1), year];
      for (const one of forged) expect(problemsIn(await verify(of(), one))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
      expect(problemsIn(await verify(of(), `${text}=`))).toEqual(['PARSING_ERROR']);
    });

    test('refuses the same words by a key that no issuer lists (a credential that only looks like ours)', async () => {
      const person = await createJosePerson();
      const own = await person.sign({ ...payload(issued), iss: person.did }, { typ: 'JWT', kid: person.kid });
      for (const options of [{}, { checks: ['proof'] }]) expect(problemsIn(await verify(of(), own, options))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
    });

    test('takes no other credential for ours because of one context that is not known', async () => {
      const person = await createJosePerson();
      const { vc } = payload(issued);
      const other = await person.sign({ ...payload(issued), iss: person.did, vc: { ...vc, '@context': (vc['@context'] as unknown[]).slice(0, 2) } }, { typ: 'JWT', kid: person.kid });
      expect(problemsIn(await verify(of(), other))).toEqual(['PARSING_ERROR']);
    });

    test('tells that the issuer is not accredited any more beside the result, while /verify refuses it', async () => {
      const deployment = parseDeployment(await readJsonFile(of().folder.deployment));
      await govern(suspendIssuer(deployment, 1));
      expect((await until(() => verify(of(), issued.text), ({ body }) => body['accredited'] === false)).body).toMatchObject({ verified: true, accredited: false });
      expect((await of().post('verifier', '/verify', { text: issued.text })).body).toMatchObject({ outcome: 'refused', reason: 'issuer-suspended' });
      await govern(reinstateIssuer(deployment, 1));
      expect((await until(() => verify(of(), issued.text), ({ body }) => body['accredited'] === true)).body).toMatchObject({ verified: true });
    });
  });

  describe('POST /keys/rotate', () => {
    test('leaves what the retired key signed verified, by the anchor that it is in', async () => {
      expect((await of().post('issuer', '/keys/rotate', { keys: 'did' }, operator())).status).toBe(200);
      const fresh = await issue();
      expect(fresh.text.split('.')[0]).not.toBe(issued.text.split('.')[0]); // another kid
      await until(() => verify(of(), fresh.text), accepted);
      expect((await verify(of(), issued.text)).body).toMatchObject({ verified: true, accredited: true });
    });
  });

  describe('POST /presentations/verify, for a health credential of our own', () => {
    test('verifies what its holder presents for this challenge', async () => {
      const { body } = await verifyPresentation(await present(issued.holder, [issued.text]));
      expect(body).toMatchObject({ verified: true, holder: payload(issued)['sub'], credentialResults: [{ issuer: of().issuers.jwt_vc, accredited: true, checks: ['form', 'proof', 'validity', 'status'] }] });
    });

    test('refuses an answer to another challenge, and one without', async () => {
      const other = await present(issued.holder, [issued.text], 'uOther');
      expect(problemsIn(await verifyPresentation(other))).toEqual(['INVALID_CHALLENGE_ERROR']);
      expect(problemsIn(await verifyPresentation(other, {}))).toEqual(['INVALID_CHALLENGE_ERROR']);
    });

    test('refuses a health credential that somebody else presents than its holder', async () => {
      expect(problemsIn(await verifyPresentation(await present(createHolderSigner(), [issued.text])))).toEqual(['CRYPTOGRAPHIC_SECURITY_ERROR']);
    });
  });

  describe('POST /credentials/revoke', () => {
    test('ends it at both, whatever checks were asked for', async () => {
      const [revoked, presentation] = [await issue(), await present(issued.holder, [issued.text])];
      await until(() => verify(of(), revoked.text), accepted);
      expect((await of().post('issuer', '/credentials/revoke', { ids: [revoked.id, issued.id] }, operator())).status).toBe(200);
      const after = await until(() => verify(of(), revoked.text, { checks: ['proof'] }), (answer) => !accepted(answer));
      expect([after.body['verified'], problemsIn(after)]).toEqual([false, ['STATUS_VERIFICATION_ERROR']]);
      expect(problemsIn(await verifyPresentation(presentation))).toEqual(['STATUS_VERIFICATION_ERROR']);
    });
  });
}
