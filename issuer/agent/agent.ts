// The issuer's did:ethr identity and its keys: the controller's, which signs transactions, and a pair that signs credentials (ES256K for
// VC-JWT, ES256 for SD-JWT VC) and is listed in the DID document. What the document lists is read from the chain; the store keeps secrets.
//
// Rotation, each step of which may be repeated: listNewKeys, send; issue with the new ones; anchor what the old ones signed;
// retireOldKeys, send; eraseRetiredKeys.
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { computeAddress } from 'ethers';
import { connect, type Call, type TransactionSigner } from '#contracts';
import { createDid, readIssuerKeys, revokeKeyCall, setKeyCall } from '#contracts/did/index.ts';
import type { SdSigningKey } from '#formats/sd-jwt-vc/index.ts';
import type { CredentialAgent, VcSigningKey } from '#formats/vc-jwt/index.ts';
import { HealthpassError, type ListedKey } from '#passport';
import { isListedAt } from '#passport/trust.ts';
import { createKeyRing, type KeyPair, type SigningKey } from './key-ring.ts';
import type { SealedStore } from './sealed.ts';
import { createVeramoAgent, KMS, type VeramoAgent } from './veramo.ts';

/** Twenty years: keys are replaced, not renewed, as a key that is listed again gets another name. */
const KEY_VALIDITY = 20 * 365 * 86_400;
const ALIAS = 'issuer';

export type IssuerAgentOptions = {
  readonly rpc: string;
  readonly chainId: number;
  /** Address of the ERC-1056 registry, and the block since when it is there. */
  readonly didRegistry: string;
  readonly deployBlock: number;
  readonly keyStore: SealedStore;
};

/** `account` signs the issuer's transactions: its address is the identity of the DID. */
export type Identity = { readonly did: string; readonly account: TransactionSigner };
/** Changes of the DID document, to be sent by `account`. `id` names the intent: the same change has the same. */
export type DidChange = { readonly id: string; readonly calls: readonly Call[] };
/** `sd` with its public key, compressed, in hex. */
export type SigningKeys = { readonly vc: VcSigningKey & Pick<SdSigningKey, 'sign'>; readonly sd: SdSigningKey & { readonly publicKey: string } };

export type IssuerAgent = {
  /** Undefined as long as there is none. */
  readonly identity: () => Promise<Identity | undefined>;
  /** @throws HealthpassError `configuration-invalid` when there is one already */
  readonly createIdentity: () => Promise<Identity>;
  /** Takes over a controller's key, 32 bytes of hex. @throws HealthpassError `configuration-invalid` */
  readonly importIdentity: (privateKey: string) => Promise<Identity>;
  readonly listNewKeys: () => Promise<DidChange>;
  /** The newest pair of keys that the document lists. @throws HealthpassError `key-unknown` when it lists none of ours */
  readonly signingKeys: () => Promise<SigningKeys>;
  /** What the old keys signed has to be anchored before this is sent. @throws HealthpassError `key-unknown` unless the new ones are listed */
  readonly retireOldKeys: () => Promise<DidChange>;
  /** Ends a rotation: deletes the secrets of keys that are listed no longer. @returns how many @throws as retireOldKeys */
  readonly eraseRetiredKeys: () => Promise<number>;
  /** Takes the new keys out of the document again; the old ones sign as before. What the new ones signed has to be anchored before this is sent. @throws HealthpassError `key-unknown` when the document lists no others */
  readonly withdrawNewKeys: () => Promise<DidChange>;
  /** Ends a rotation that was taken back. @returns how many secrets were deleted @throws HealthpassError `key-unknown` while the new keys are listed */
  readonly eraseWithdrawnKeys: () => Promise<number>;
  /** Whether keys were made for the document and what follows is not done to its end. */
  readonly isRotating: () => Promise<boolean>;
  /** What createVcJwt signs with. */
  readonly credentials: CredentialAgent;
};

/** @throws HealthpassError `configuration-invalid` */
export function createIssuerAgent(options: IssuerAgentOptions): IssuerAgent {
  const { rpc, chainId, didRegistry, keyStore } = options;
  const veramo = createVeramoAgent(options);
  const ring = createKeyRing(veramo, keyStore);
  const provider = connect(rpc, chainId);

  const identity = async () => {
    const [known] = await veramo.didManagerFind({ alias: ALIAS });
    return known && { did: known.did, account: accountOf(veramo, known.controllerKeyId!) }; // adopt() gave it one
  };
  const adopt = async (privateKeyHex: string): Promise<Identity> => {
    if (await identity()) throw invalid('the key store holds an identity already');
    const address = computeAddress(`0x${privateKeyHex}`);
    const did = createDid(chainId, address);
    await veramo.didManagerImport({ did, provider: 'did:ethr', alias: ALIAS, controllerKeyId: address, keys: [{ kid: address, kms: KMS, type: 'Secp256k1', privateKeyHex }] });
    return { did, account: accountOf(veramo, address) };
  };
  const mine = async () => {
    const known = await identity();
    if (!known) throw new HealthpassError('key-unknown', 'the key store holds no identity');
    return known;
  };
  const listed = async ({ did }: Identity) => readIssuerKeys(provider, options, did, { toBlock: await provider.getBlockNumber() });

  /** The new keys and all that are listed. Without them in the document an issuer that lets go of the old ones could sign nothing. */
  const successors = async (me: Identity) => {
    const pair = await ring.begunPair(me.did);
    const there = (await listed(me)).filter(isCurrent);
    if (!pair || ![pair.vc, pair.sd].every((key) => there.some(({ publicKey }) => publicKey === key.publicKey))) {
      throw new HealthpassError('key-unknown', 'no new keys are listed');
    }
    return { pair, there };
  };

  return {
    identity,
    createIdentity: () => adopt(hexOf(secp256k1.utils.randomSecretKey())),
    importIdentity: async (privateKey) => adopt(parsePrivateKey(privateKey)),
    async listNewKeys() {
      const me = await mine();
      const pair = await ring.nextPair(me.did);
      const there = await listed(me);
      const missing = [pair.vc, pair.sd].filter((key) => !there.some(({ publicKey }) => publicKey === key.publicKey));
      return { id: changeId('list', pair), calls: missing.map((key) => setKeyCall(didRegistry, me.account.address, key, KEY_VALIDITY)) };
    },
    async signingKeys() {
      const me = await mine();
      const [there, keys] = [await listed(me), await ring.keys(me.did)];
      return { vc: signVc(veramo, newest(there, keys, 'secp256k1')), sd: signSd(veramo, newest(there, keys, 'P-256')) };
    },
    async retireOldKeys() {
      const me = await mine();
      const { pair, there } = await successors(me);
      const old = there.filter(({ publicKey }) => publicKey !== pair.vc.publicKey && publicKey !== pair.sd.publicKey);
      return { id: changeId('retire', pair), calls: old.map((key) => revokeKeyCall(didRegistry, me.account.address, key)) };
    },
    async eraseRetiredKeys() {
      const me = await mine();
      const { there } = await successors(me);
      return ring.settle(me.did, (key) => there.some(({ publicKey }) => publicKey === key.publicKey));
    },
    async withdrawNewKeys() {
      const me = await mine();
      const [pair, there, ours] = [await ring.begunPair(me.did), (await listed(me)).filter(isCurrent), await ring.keys(me.did)];
      const isNew = ({ publicKey }: { publicKey: string }) => publicKey === pair?.vc.publicKey || publicKey === pair?.sd.publicKey;
      for (const type of ['secp256k1', 'P-256'] as const) newest(there.filter((key) => !isNew(key)), ours, type); // or there would be nothing to sign with
      if (!pair) return { id: 'did-keys:withdraw:none', calls: [] };
      return { id: changeId('withdraw', pair), calls: there.filter(isNew).map((key) => revokeKeyCall(didRegistry, me.account.address, key)) };
    },
    async eraseWithdrawnKeys() {
      const me = await mine();
      const [pair, there] = [await ring.begunPair(me.did), (await listed(me)).filter(isCurrent)];
      const isListed = (key: { publicKey: string }) => there.some(({ publicKey }) => publicKey === key.publicKey);
      if (pair && [pair.vc, pair.sd].some(isListed)) throw new HealthpassError('key-unknown', 'the new keys are listed still');
      return ring.settle(me.did, isListed);
    },
    isRotating: async () => (await ring.begunPair((await mine()).did)) !== undefined,
    credentials: veramo as CredentialAgent, // its arguments are wider, its result is the same
  };
}

const isCurrent = (key: ListedKey): boolean => key.untilBlock === null && isListedAt(key, Math.max(key.since, Date.now() / 1000));
const changeId = (what: string, { vc, sd }: KeyPair) => `did-keys:${what}:${vc.publicKey.slice(0, 16)}:${sd.publicKey.slice(0, 16)}`;

/** The key of ours that was listed last and still is. */
function newest(listed: readonly ListedKey[], keys: readonly SigningKey[], type: ListedKey['type']): SigningKey & { kid: string } {
  const entry = listed.findLast((candidate) => candidate.type === type && isCurrent(candidate) && keys.some((key) => key.publicKey === candidate.publicKey));
  const key = keys.find(({ publicKey }) => publicKey === entry?.publicKey);
  if (!entry || !key) throw new HealthpassError('key-unknown', 'the DID document lists no signing key of this key store');
  return { ...key, kid: entry.kid };
}

const signVc = (veramo: VeramoAgent, { keyRef, kid }: SigningKey & { kid: string }): SigningKeys['vc'] => ({ keyRef, kid, sign: (message) => signBy(veramo, keyRef, 'ES256K', message) });

const signSd = (veramo: VeramoAgent, { keyRef, kid, publicKey }: SigningKey & { kid: string }): SigningKeys['sd'] => ({
  kid,
  publicKey,
  sign: (message) => signBy(veramo, keyRef, 'ES256', message),
});

async function signBy(veramo: VeramoAgent, keyRef: string, algorithm: 'ES256' | 'ES256K', message: Uint8Array): Promise<Uint8Array> {
  const signature = await veramo.keyManagerSign({ keyRef, algorithm, data: hexOf(message), encoding: 'hex' });
  return new Uint8Array(Buffer.from(signature, 'base64url'));
}

const accountOf = (veramo: VeramoAgent, address: string): TransactionSigner => ({
  address,
  signTransaction: (transaction) => veramo.keyManagerSignEthTX({ kid: address, transaction }),
});

function parsePrivateKey(privateKey: string): string {
  const match = /^(?:0x)?([0-9a-fA-F]{64})$/.exec(privateKey);
  const key = match?.[1]!.toLowerCase();
  if (!key || !secp256k1.utils.isValidSecretKey(Buffer.from(key, 'hex'))) throw invalid('the private key is not 32 bytes of hex that make one');
  return key;
}

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const invalid = (message: string) => new HealthpassError('configuration-invalid', message, { field: 'identity' });
