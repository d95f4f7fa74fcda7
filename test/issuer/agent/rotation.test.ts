import { randomBytes } from 'node:crypto';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVcJwt, verifyVcJwt } from '#formats/vc-jwt/index.ts';
import { createSdJwtVc, verifySdJwtVc } from '#formats/sd-jwt-vc/index.ts';
import type { TrustState, UnixSeconds } from '#passport';
import { anchorProof, createAnchor, recordDigest } from '#passport/anchor.ts';
import { answer, EVENT, forge, holder, ID, jsonOf, STATUS, trustOf } from '../../formats/fixture.ts';
import { startAgent, type AgentFixture } from './fixture.ts';

let issuer: AgentFixture;
beforeAll(async () => {
  issuer = await startAgent();
  await issuer.send(await issuer.agent.listNewKeys());
  await issuer.agent.eraseRetiredKeys();
});
afterAll(() => issuer.stop());

const clock = async () => (await issuer.chain.provider.getBlock('latest'))!;
/** Trust data as of now, with keys read from the chain and the anchors given. */
async function trustNow(anchors: TrustState['anchors']): Promise<TrustState> {
  const { number, timestamp } = await clock();
  return { ...trustOf({ did: issuer.me.did, keys: await issuer.listed() }, { number, time: timestamp as UnixSeconds }), anchors };
}
async function issue(index: number) {
  const { vc, sd } = await issuer.agent.signingKeys();
  const { timestamp } = await clock();
  const options = {
    event: EVENT, id: ID, issuer: issuer.me.did, holderKey: holder.key, status: { ...STATUS, index },
    issuedAt: timestamp as UnixSeconds, validUntil: timestamp + 1e6 as UnixSeconds,
  };
  return { index, vc: await createVcJwt(issuer.agent.credentials, vc, options), sd: await createSdJwtVc(sd, options) };
}

describe('rotating the keys that sign credentials', () => {
  test('strands nothing that was anchored, and gives nothing to the thief of an old key', async () => {
    const old = await issue(1);
    const oldKey = (await issuer.listed()).find(({ type }) => type === 'secp256k1')!;
    const stolen = await issuer.secretOf(oldKey.publicKey);
    await issuer.send(await issuer.agent.listNewKeys());
    const fresh = await issue(2);

    const digests = [old.vc, old.sd].map(({ signingInput }) => recordDigest(STATUS.list, old.index, signingInput));
    const { root, leaves } = createAnchor(digests, randomBytes);
    await issuer.chain.provider.send('evm_mine', []); // stands for the block of the anchor
    const { number, timestamp } = await clock();
    const anchor = { list: STATUS.list, root, time: timestamp as UnixSeconds, block: number };
    await issuer.send(await issuer.agent.retireOldKeys());
    expect(await issuer.agent.eraseRetiredKeys()).toBe(2);

    const trust = await trustNow([anchor]);
    const context = {
      trust, now: trust.finalized.time, maxTrustAge: 60,
      anchorProof: (digest: string) => (leaves.includes(digest as never) ? { root, proof: anchorProof(leaves, digest) } : undefined),
    };
    const judge = (text: string) => answer(() => (text.includes('~') ? verifySdJwtVc(text, { ...context, requireKeyBinding: false }) : verifyVcJwt(text, context)));
    expect([old.vc.text, old.sd.text, fresh.vc.text, fresh.sd.text].map(judge)).toEqual(Array(4).fill('accepted'));

    const [header, payload] = old.vc.text.split('.').slice(0, 2).map(jsonOf) as [object, { nbf: number }];
    const backdated = forge(header, { ...payload, nbf: payload.nbf - 86_400 }, stolen, secp256k1);
    expect(judge(backdated)).toBe('issuer-key-retired');
    expect(judge((await issue(3)).vc.text)).toBe('accepted');
  });

  test('a deactivated DID speaks for nobody, old anchors apart', async () => {
    const { vc } = await issue(4);
    const { DID_REGISTRY } = await import('#contracts/did/index.ts');
    const data = DID_REGISTRY.encodeFunctionData('changeOwner', [issuer.me.account.address, `0x${'00'.repeat(20)}`]);
    await issuer.send({ id: 'deactivate', calls: [{ to: issuer.chain.deployment.didRegistry, data }] });
    const trust = await trustNow([]);
    expect(answer(() => verifyVcJwt(vc.text, { trust, now: trust.finalized.time, maxTrustAge: 60 }))).toBe('issuer-key-retired');
    await expect(issuer.agent.signingKeys()).rejects.toMatchObject({ code: 'key-unknown' });
  });
});
