// Delegates: whom a patient lets change or end a relationship, until a time. A delegate uses an address of its own for each relationship, since it stands
// on chain beside the relationship's: one address for two would tie them together there.
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import type { UnixSeconds } from '#passport';
import { compile, createConsent, createSalt, encodeScope, grantWord, parseConsent, parsePolicy, type GrantId, type MandateScope, type Policy } from '#records/model/consent/index.ts';
import { delegationSchema, mandateSchema, type Delegation, type MandateReceived } from '#records/model/exchange/delegates.ts';
import { derive, relationshipKey, signingKey, type SigningKey } from '#records/model/keys/derive.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner } from '#records/model/signing.ts';
import { onChain } from '#records/model/typed-data.ts';
import { read } from './answer.ts';
import type { ConsentDraft, Relationship } from './patient-consents.ts';
import type { Surroundings } from './surroundings.ts';

/** Seconds in which the gateway may carry a statement to the chain. */
const CARRY_WITHIN = 3600;

/** The key by which a person acts as the n-th delegate of others, and signs in as such. */
export const delegateKey = (root: Root, n: number): SigningKey => signingKey(derive(root, `delegate/${n}`));

const signerOf = (key: SigningKey) => createSigner(hexToBytes(key.secretKey.slice(2)));
const registryOf = ({ config: { chainId, contracts } }: Surroundings) => onChain('ConsentRegistry', chainId, contracts.ConsentRegistry);

/** For the patient. */
export function createDelegating(surroundings: Surroundings, root: Root) {
  const { gateway, now } = surroundings;
  async function set({ id, owner, number, recipient, nonce }: Pick<Relationship, 'id' | 'owner' | 'number' | 'recipient' | 'nonce'>, delegate: Address, scope: readonly MandateScope[], until: UnixSeconds): Promise<void> {
    const deadline = now() + CARRY_WITHIN;
    const value = { owner, delegate, scope: encodeScope(scope), until: scope.length === 0 ? 0 : until, nonce, deadline };
    const signature = signerOf(relationshipKey(root, number, recipient)).sign(registryOf(surroundings), 'SetDelegate', value);
    await gateway.post(`/relationships/${id}/delegates`, { delegate, scope, until: value.until, statement: { nonce, deadline, signature } });
  }
  return {
    list: async (): Promise<readonly Delegation[]> => read(z.object({ delegations: z.array(delegationSchema) }), await gateway.get('/delegations')).delegations,
    /** @param relationship as it was just listed */
    appoint: (relationship: Relationship, { delegate, scope, until }: { readonly delegate: Address; readonly scope: readonly MandateScope[]; readonly until: UnixSeconds }) => set(relationship, delegate, scope, until),
    dismiss: (relationship: Relationship, delegate: Address) => set(relationship, delegate, [], 0 as UnixSeconds),
  };
}

export type Mandate = Omit<MandateReceived, 'policy'> & { readonly policy: Policy };

/** For the delegate, signed in with its key. */
export function createDelegate(surroundings: Surroundings, key: SigningKey) {
  const { gateway, config: { chainId, contracts, gateway: address } } = surroundings;
  const signer = signerOf(key);
  const signed = <Name extends 'Grant' | 'Revoke'>(name: Name, value: Parameters<typeof signer.sign<Name>>[2]) => signer.sign(registryOf(surroundings), name, value);
  return {
    mandates: async (): Promise<readonly Mandate[]> =>
      read(z.object({ mandates: z.array(mandateSchema) }), await gateway.get('/delegations/received')).mandates.map((one) => ({ ...one, policy: parsePolicy(one.policy) })),
    async revoke({ relationship, owner, grant, nonce, now }: Mandate): Promise<void> {
      const deadline = now + CARRY_WITHIN;
      await gateway.post(`/delegations/${relationship}/revocation`, { statement: { nonce, deadline, signature: signed('Revoke', { owner, id: grant, nonce, deadline }) } });
    },
    /** Counts at once. What the recipient could read and still may, it reads on; what it never had the keys of, when the patient's wallet has wrapped them. */
    async change({ relationship, owner, recipient, grant, policy: before, nonce, now: at }: Mandate, draft: ConsentDraft): Promise<void> {
      const now = at as UnixSeconds;
      const context = { patient: owner, performer: signer.address, gateway: address, chainId, registry: contracts.ConsentRegistry, grant: grant as GrantId, now };
      const consent = createConsent({ effect: before.effect, from: now, exceptions: [], ...draft, recipient }, context);
      const policy = compile(parseConsent(consent), { ...context, recipient, mandate: { delegate: signer.address, scope: ['grant'], until: (now + 1) as UnixSeconds } });
      const salt = createSalt();
      const deadline = now + CARRY_WITHIN;
      const signature = signed('Grant', { owner, id: grant, word: grantWord(policy, salt), nonce, deadline });
      await gateway.put(`/delegations/${relationship}/consent`, { consent, salt: `0x${bytesToHex(salt)}`, statement: { nonce, deadline, signature } });
    },
  };
}
