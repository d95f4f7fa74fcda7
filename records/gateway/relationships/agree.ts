// What a wallet submits of a consent, checked as far as one can who sees neither records nor keys: the Consent is compiled here once more, and what
// was signed for the chain must be exactly that.
import { hexToBytes } from '@noble/hashes/utils.js';
import { HealthpassError, type UnixSeconds } from '#passport';
import type { CareDeployment } from '#contracts/care/deployment.ts';
import { signerOf } from '#contracts/care/statements.ts';
import { assertFreshSalt, compile, grantWord, parseConsent, type GrantId, type Mandate, type Policy } from '#records/model/consent/index.ts';
import type { EpochHead } from '#records/model/exchange/plan.ts';
import type { CarriedStatement } from '#records/model/exchange/wire.ts';
import type { PublicKey } from '#records/model/keys/hpke.ts';
import type { Address } from '#records/model/members.ts';
import { recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import type { Agreement, Hex, Relationship } from './relationship.ts';

export type Offer = { readonly consent: Readonly<Record<string, unknown>>; readonly salt: Hex; readonly statement: CarriedStatement };
export type Parties = { readonly owner: Address; readonly recipient: Address; readonly grant: GrantId };

/** Characters of a Consent as JSON: one that names as much as may be named has fewer. Texts and extensions, which nobody looks at, could have any number. */
const LONGEST_CONSENT = 1_000_000;
/** Seconds that a statement may still wait to be carried at least, and at most. */
const [SHORTEST, LONGEST] = [30, 86_400];

/**
 * The agreement that an offer comes to.
 * @param mandate of the delegate who signs instead of the owner
 * @param others the patient's relationships besides: no two share a salt
 * @throws HealthpassError of what is wrong in the Consent, `text-too-long`, `not-authorised` (signed by somebody else, or something else), `request-invalid`
 */
export function assertAgreed(care: CareDeployment, { consent: json, salt, statement }: Offer, parties: Parties, { gateway, now, others, mandate }: { gateway: Address; now: UnixSeconds; others: readonly Relationship[]; mandate?: Mandate | undefined }): Agreement {
  const { owner, recipient, grant } = parties;
  if (JSON.stringify(json).length > LONGEST_CONSENT) throw new HealthpassError('text-too-long', 'the Consent is too long', { field: 'consent' });
  const policy: Policy = compile(parseConsent(json), { patient: owner, recipient, grant, gateway, chainId: care.chainId, registry: care.contracts.ConsentRegistry, now, ...(mandate && { mandate }) });
  const bytes = hexToBytes(salt.slice(2));
  assertFreshSalt(bytes, others.map((one) => hexToBytes(one.salt.slice(2))));
  const word = grantWord(policy, bytes);
  assertDeadline(statement, now);
  const signer = signerOf(care, 'Grant', { owner, id: grant, word, nonce: statement.nonce, deadline: statement.deadline }, statement.signature);
  if (signer !== (mandate?.delegate ?? owner)) throw notSigned('statement');
  return { owner, recipient, grant, word, salt, policy, consent: json };
}

/** @throws HealthpassError `not-authorised`, `request-invalid` */
export function assertRevoked(care: CareDeployment, { owner, grant }: Parties, statement: CarriedStatement, by: Address, now: UnixSeconds): void {
  assertDeadline(statement, now);
  if (signerOf(care, 'Revoke', { owner, id: grant, nonce: statement.nonce, deadline: statement.deadline }, statement.signature) !== by) throw notSigned('statement');
}

function assertDeadline({ deadline }: CarriedStatement, now: UnixSeconds): void {
  if (deadline < now + SHORTEST || deadline > now + LONGEST) throw new HealthpassError('request-invalid', 'the statement ends too soon or too late', { field: 'statement.deadline' });
}

/** That the address of a relationship belongs to whoever is signed in; the relationship's own id is the challenge, taken once. */
export function assertOwned(chainId: number, { owner, account, recipient, id }: { owner: Address; account: Address; recipient: Address; id: Hex }, proof: string): void {
  if (recoverSigner(offChain(chainId), 'Relationship', { owner, account, recipient, challenge: id }, proof) !== owner) throw notSigned('proof');
}

/** That the address of a relationship, or the delegate that acts for it, published a key. */
export function assertEpochSigned(chainId: number, owner: Address, by: readonly Address[], { category, epoch, key, since }: EpochHead & { readonly key: PublicKey }, signature: string): void {
  if (!by.includes(recoverSigner(offChain(chainId), 'EpochKey', { owner, category, epoch, key: key as string as Hex, since }, signature))) throw notSigned('keys.signatures');
}

const notSigned = (field: string) => new HealthpassError('not-authorised', 'it is signed by somebody else, or something else was signed', { field });
