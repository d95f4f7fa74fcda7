// A patient's relationships: begun, changed, ended. Each is one call, in which consent, grant, keys and card go together.
import { bytesToHex, hexToBytes, randomBytes } from '@noble/hashes/utils.js';
import { HealthpassError, type UnixSeconds } from '#passport';
import { compile, createConsent, createSalt, expiries, grantWord, parseConsent, parsePolicy, type Choices, type GrantId, type Policy } from '#records/model/consent/index.ts';
import { planAnew, planChange } from '#records/model/exchange/plan.ts';
import { consentsSchema, type CarriedStatement, type Consents, type KeptRelationship } from '#records/model/exchange/wire.ts';
import { readingKeys, relationshipKey, type SigningKey } from '#records/model/keys/derive.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import type { Root } from '#records/model/keys/root.ts';
import type { Address } from '#records/model/members.ts';
import type { Category } from '#records/model/record.ts';
import { createSigner, type Signer } from '#records/model/signing.ts';
import { offChain, onChain } from '#records/model/typed-data.ts';
import type { Agreements } from './agreement.ts';
import { read } from './answer.ts';
import { sealCard, type PatientCard } from './card.ts';
import type { Asked } from './asking.ts';
import { repeating, type Surroundings } from './surroundings.ts';
import type { Wrapped, Wrapping } from './wrapping.ts';

type Hex = `0x${string}`;

/** What is allowed or denied, the recipient aside. Without `from` it begins now. */
export type ConsentDraft = Omit<Choices, 'recipient' | 'from' | 'effect' | 'exceptions'> & Partial<Pick<Choices, 'from' | 'effect' | 'exceptions'>>;

export type Relationship = Omit<KeptRelationship, 'policy' | 'missing' | 'nonce'> & { readonly policy: Policy; /** Records that wait for their keys: `catchUp` gives them. */ readonly missing: readonly string[]; readonly nonce: number };

export type NewRelationship = {
  readonly recipient: Address;
  readonly consent: ConsentDraft;
  /** Needed where something is permitted. */
  readonly card?: PatientCard | undefined;
  /** The request that it answers. */
  readonly asked?: Asked | undefined;
};

/** What a change of a consent answers: the recipient learns by the card that its code was seen. */
export type AnsweredBy = { readonly asked: Asked; readonly card: PatientCard };

/** Seconds in which the gateway may carry a statement to the chain. */
const CARRY_WITHIN = 3600;

export type ConsentsDeps = Surroundings & { readonly root: Root; readonly account: SigningKey; readonly wrapping: Wrapping; readonly agreements: Agreements; readonly keyOf: (recipient: Address) => Promise<PublicKey> };
export type State = { readonly consents: Consents; readonly relationships: readonly Relationship[]; readonly live: readonly Wrapped[] };

const stateOf = (answer: unknown): State => {
  const consents = read(consentsSchema, answer);
  const relationships = consents.relationships.map((one) => ({ ...one, policy: parsePolicy(one.policy) }));
  const live = relationships.filter(({ state, policy }) => (state === 'active' || state === 'pending') && consents.now < policy.until);
  return { consents, relationships, live };
};

export function createConsents({ gateway, config, now: clock, root, account, wrapping, agreements, keyOf }: ConsentsDeps) {
  const { chainId, contracts: { ConsentRegistry: registry } } = config;
  const domain = onChain('ConsentRegistry', chainId, registry);
  const state = async (): Promise<State> => stateOf(await gateway.get('/relationships'));
  const signerOf = ({ number, recipient }: { readonly number: number; readonly recipient: Address }): Signer => createSigner(hexToBytes(relationshipKey(root, number, recipient).secretKey.slice(2)));
  const found = (relationships: readonly Relationship[], id: string): Relationship => {
    const one = relationships.find((other) => other.id === id);
    if (!one) throw new HealthpassError('record-unknown', 'there is no such relationship', { field: 'id' });
    return one;
  };

  /** What is granted: the Consent, the policy that it comes to, and the word for the chain. */
  function agree(draft: ConsentDraft, { recipient, owner, grant, now }: { recipient: Address; owner: Address; grant: GrantId; now: UnixSeconds }) {
    const context = { patient: owner, gateway: config.gateway, chainId, registry, grant, now };
    const consent = createConsent({ effect: 'permit', from: now, exceptions: [], ...draft, recipient }, context);
    const policy = compile(parseConsent(consent), { ...context, recipient });
    const salt = createSalt();
    const word = grantWord(policy, salt);
    agreements.sign(word);
    return { consent, policy, salt: `0x${bytesToHex(salt)}` as const, word };
  }
  const granted = (signer: Signer, { grant, word, nonce, now }: { grant: Hex; word: Hex; nonce: number; now: number }): CarriedStatement => {
    const deadline = now + CARRY_WITHIN;
    return { nonce, deadline, signature: signer.sign(domain, 'Grant', { owner: signer.address, id: grant, word, nonce, deadline }) };
  };

  /** What was not taken counts for nothing here: if it was after all, the chain says so. */
  const unsigned = (word: Hex) => (error: unknown): never => {
    agreements.end(word);
    throw error;
  };

  /** Who the patient is, for one recipient alone. */
  const sealedCard = async (card: PatientCard, asked: Asked | undefined, signer: Signer, { id, recipient }: { readonly id: Hex; readonly recipient: Address }): Promise<string> => sealCard(card, {
    chainId, relationship: id, owner: signer.address, recipient, account: account.address, reading: readingKeys(root).publicKey, key: await keyOf(recipient), signer, answered: asked?.word === undefined ? undefined : { request: asked.id, word: asked.word },
  });

  const revoked = (signer: Signer, { grant, owner, nonce, now }: { grant: Hex; owner: Address; nonce: number; now: number }): CarriedStatement => {
    const deadline = now + CARRY_WITHIN;
    return { nonce, deadline, signature: signer.sign(domain, 'Revoke', { owner, id: grant, nonce, deadline }) };
  };

  return {
    state,
    list: async (): Promise<readonly Relationship[]> => (await state()).relationships,

    /** Resolves when the gateway has taken it: `pending` until the chain has it too. */
    create: ({ recipient, consent: draft, card, asked }: NewRelationship): Promise<Relationship> => repeating('consent-conflict', async () => {
      const { consents: { now, version, epochs }, relationships, live } = await state();
      const number = Math.max(-1, ...relationships.map((one) => one.number)) + 1;
      const signer = signerOf({ number, recipient });
      const owner = signer.address;
      const [id, grant] = [`0x${bytesToHex(randomBytes(32))}`, `0x${bytesToHex(randomBytes(32))}`] as [Hex, GrantId];
      const { consent, policy, salt, word } = agree(draft, { recipient, owner, grant, now: now as UnixSeconds });
      if (policy.effect === 'permit' && !card) throw new TypeError('a permission needs a card: whom the recipient has before it');
      const after = [...live, { id, policy, number, owner, recipient, grant, word, salt }];
      const keys = await wrapping.change({ state: { epochs, now }, before: live, after, changed: id, epochs: planChange(live, after, { epochs, now: now as UnixSeconds, least: clock() }) });
      const sealed = policy.effect === 'permit' && card ? await sealedCard(card, asked, signer, { id, recipient }) : undefined;
      const proof = signer.sign(offChain(chainId), 'Relationship', { owner, account: account.address, recipient, challenge: id });
      const answer = await gateway.post('/relationships', {
        id, number, owner, recipient, grant, proof, consent, salt, statement: granted(signer, { grant, word, nonce: 0, now }), keys, version, ...(sealed !== undefined && { card: sealed }), ...(asked && { request: asked.id }),
      }).catch(unsigned(word));
      return found(stateOf(answer).relationships, id);
    }),

    /** @param answer the request that made the patient change it */
    change: (id: string, draft: ConsentDraft, answer?: AnsweredBy): Promise<Relationship> => repeating('consent-conflict', async () => {
      const { consents: { now, version, epochs }, relationships, live } = await state();
      const one = found(relationships, id);
      await agreements.assertAgreed(one);
      const grant = one.grant as GrantId;
      const { consent, policy, salt, word } = agree({ effect: one.policy.effect, ...draft }, { recipient: one.recipient, owner: one.owner, grant, now: now as UnixSeconds });
      const after = live.map((other) => (other.id === id ? { ...other, policy, word, salt } : other));
      const keys = await wrapping.change({ state: { epochs, now }, before: live, after, changed: id, epochs: planChange(live, after, { epochs, now: now as UnixSeconds, least: clock() }) });
      const signer = signerOf(one);
      const answered = answer && { request: answer.asked.id, card: await sealedCard(answer.card, answer.asked, signer, one) };
      const changed = await gateway.put(`/relationships/${id}/consent`, { consent, salt, statement: granted(signer, { grant, word, nonce: one.nonce, now }), keys, version, ...answered }).catch(unsigned(word));
      agreements.end(one.word);
      return found(stateOf(changed).relationships, id);
    }),

    /** Ends it at once. Whoever read keeps what was read; what is written from now on, its keys do not open. */
    revoke: (id: string): Promise<Relationship> => repeating('consent-conflict', async () => {
      const { consents: { now, version, epochs }, relationships, live } = await state();
      const one = found(relationships, id);
      agreements.end(one.word);
      const after = live.filter((other) => other.id !== id);
      const keys = await wrapping.change({ state: { epochs, now }, before: live, after, epochs: planChange(live, after, { epochs, now: now as UnixSeconds, least: clock() }) });
      const statement = revoked(signerOf(one), { ...one, now });
      return found(stateOf(await gateway.post(`/relationships/${id}/revocation`, { statement, keys, version })).relationships, id);
    }),

    /** Signs a revocation again that did not reach the chain in time or in turn. It counts already; now the chain is to agree. */
    revokeAgain: (id: string): Promise<void> => repeating('consent-conflict', async () => {
      const { consents: { now, version }, relationships } = await state();
      const one = found(relationships, id);
      if (!one.owesRevocation) return;
      await gateway.post(`/relationships/${id}/revocation`, { statement: revoked(signerOf(one), { ...one, now }), keys: { epochs: [], signatures: [], wraps: [], records: [] }, version });
    }),

    /** New epochs for categories as they are read now, and what a delegate's change left to be wrapped. */
    publish: (categories: readonly Category[]): Promise<State> => repeating('consent-conflict', async () => {
      const { consents: { now, version, epochs }, relationships, live } = await state();
      const whole = live.filter(({ id }) => !found(relationships, id).lacksKeys);
      const keys = await wrapping.change({ state: { epochs, now }, before: whole, after: live, epochs: planAnew(categories, live, { epochs, now: now as UnixSeconds, least: clock() }) });
      return stateOf(await gateway.post('/epochs', { keys, version }));
    }),

    /** Categories that need new keys: somebody lost them past this wallet, or while it slept, or will at a time for which none is published. */
    due({ consents: { epochs, bumpDue, now }, relationships }: State): Category[] {
      const counting = relationships.filter(({ state }) => state === 'active' || state === 'pending').map(({ policy }) => policy);
      const newest = new Map<Category, number>();
      for (const { category, since } of epochs) if (since <= now) newest.set(category, Math.max(newest.get(category) ?? 0, since));
      const isRenewed = (category: Category, at: number) => (at <= now ? at <= (newest.get(category) ?? now) : epochs.some((one) => one.category === category && one.since === at));
      const ends = expiries(counting, Math.min(now, ...newest.values()) as UnixSeconds).flatMap(({ at, categories }) => categories.filter((category) => !isRenewed(category, at)));
      return [...new Set([...bumpDue, ...ends])];
    },
  };
}

