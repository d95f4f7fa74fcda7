// A member asks for access, a patient sees what is asked. The link holds a word that the gateway never sees: it stands behind the #.
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, randomBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import { termsDigest } from '#records/model/exchange/terms.ts';
import { askedSchema, bytes32Text, type AskedTerms } from '#records/model/exchange/wire.ts';
import type { SigningKey } from '#records/model/keys/derive.ts';
import type { Address } from '#records/model/members.ts';
import { createSigner, recoverSigner } from '#records/model/signing.ts';
import { offChain } from '#records/model/typed-data.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';
import type { Surroundings } from './surroundings.ts';

type Hex = `0x${string}`;
export type Asked = {
  readonly id: Hex;
  readonly member: Address;
  /** For whom: the member, or the organisation that it acts for. */
  readonly recipient: Address;
  readonly terms: AskedTerms;
  readonly expires: UnixSeconds;
  /** From the link: proves in the answer that its code was seen. */
  readonly word?: string | undefined;
};

/** Seconds that a request is open unless said otherwise. */
const OPEN_FOR = 86_400;

/** The word of a request is derived, so that nobody has to keep it. */
const wordOf = (key: SigningKey, id: Hex): string => bytesToHex(hkdf(sha256, hexToBytes(key.secretKey.slice(2)), utf8ToBytes('healthpass records'), utf8ToBytes(`request/${id}`), 16));

export function createAsking({ gateway, config, now }: Surroundings, account: SigningKey) {
  return {
    wordOf: (id: Hex) => wordOf(account, id),
    /** @returns the link to show as a code */
    async ask(terms: AskedTerms, { recipient = account.address, expiresIn = OPEN_FOR }: { readonly recipient?: Address | undefined; readonly expiresIn?: number } = {}): Promise<{ readonly id: Hex; readonly link: string; readonly expires: UnixSeconds }> {
      const id = `0x${bytesToHex(randomBytes(32))}` as const;
      const expires = (now() + expiresIn) as UnixSeconds;
      const signature = createSigner(hexToBytes(account.secretKey.slice(2))).sign(offChain(config.chainId), 'AccessRequest', { id, member: account.address, terms: termsDigest(recipient, terms), expires });
      await gateway.post('/requests', { id, terms, expires, signature, recipient });
      return { id, expires, link: `${(config.wallet ?? '').replace(/\/+$/, '')}/#/share?${new URLSearchParams({ request: id, gateway: gateway.url, word: wordOf(account, id) }).toString()}` };
    },
    async list(): Promise<readonly (Asked & { readonly answered?: Hex | undefined })[]> {
      const { requests } = read(listSchema, await gateway.get('/requests'));
      return requests.map(({ id, member, recipient, terms, expires, answered }) => ({ id, member, recipient, terms, expires: expires as UnixSeconds, answered }));
    },
  };
}
const listSchema = z.object({ requests: z.array(askedSchema.extend({ answered: bytes32Text.optional() })) });

/** What a link names. @throws HealthpassError `request-invalid` for one of another kind */
export function parseAskLink(link: string): { readonly request: Hex; readonly gateway: string; readonly word: string } {
  const parsed = linkSchema.safeParse(Object.fromEntries(new URLSearchParams(/#\/share\?(.*)$/s.exec(link)?.[1] ?? '')));
  if (!parsed.success) throw new HealthpassError('request-invalid', 'the link asks for nothing that can be shared', { field: 'link' });
  return parsed.data;
}
const linkSchema = z.object({ request: bytes32Text, gateway: z.url({ protocol: /^https?$/ }), word: z.string().regex(/^[0-9a-f]{32}$/) });

/** What a member asks for, as it signed it. @throws HealthpassError `record-unknown` (over, or never there), `not-authorised` when somebody else signed */
export async function readAsked(gateway: GatewayClient, chainId: number, { request, word }: { readonly request: Hex; readonly word?: string | undefined }): Promise<Asked> {
  const { id, member, recipient, terms, expires, signature } = read(askedSchema, await gateway.get(`/requests/${request}`));
  if (id !== request || recoverSigner(offChain(chainId), 'AccessRequest', { id, member, terms: termsDigest(recipient, terms), expires }, signature) !== member) {
    throw new HealthpassError('not-authorised', 'the request is not signed by whom it names', { field: 'request' });
  }
  return { id, member, recipient, terms, expires: expires as UnixSeconds, ...(word !== undefined && { word }) };
}
