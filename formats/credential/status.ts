// Where the status of a credential is found: in the form of the W3C Bitstring Status List, for anyone who reads W3C credentials,
// and on the chain that the list credential is made from.
import { z } from 'zod';
import { LIST_SIZE } from '#passport/limits.ts';
import type { TrustState } from '#passport/trust.ts';

/** One entry of a status list, as its issuer knows it. */
export type StatusEntry = {
  readonly chainId: number;
  /** Address of the StatusRegistry contract, checksummed. */
  readonly contract: string;
  readonly list: number;
  readonly index: number;
  /** URL of the list credential that the issuer publishes. */
  readonly url: string;
};

const place = {
  chainId: z.int().min(1),
  contract: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  list: z.int().min(1).max(2 ** 32 - 1),
  index: z.int().min(0).max(LIST_SIZE - 1),
};

/** `credentialStatus`: a BitstringStatusListEntry whose `statusRegistry` names chain id, contract, list and index. */
export const credentialStatusSchema = z.strictObject({
  id: z.url({ protocol: /^https?$/ }).max(500),
  type: z.literal('BitstringStatusListEntry'),
  statusPurpose: z.literal('revocation'),
  statusListIndex: z.string().max(7),
  statusListCredential: z.url({ protocol: /^https?$/ }).max(500),
  statusRegistry: z.strictObject(place),
}).refine(({ id, statusListIndex, statusListCredential, statusRegistry: { index } }) =>
  statusListIndex === `${index}` && id === `${statusListCredential}#${index}`, 'the two names of the status entry differ');
export type CredentialStatus = z.infer<typeof credentialStatusSchema>;

export const createCredentialStatus = ({ chainId, contract, list, index, url }: StatusEntry): CredentialStatus =>
  credentialStatusSchema.parse({
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: `${index}`,
    statusListCredential: url,
    statusRegistry: { chainId, contract, list, index },
  });

/** Whether the entry is in the registry that the trust data were read from. */
export const isOfChain = ({ statusRegistry: { chainId, contract } }: CredentialStatus, trust: TrustState): boolean =>
  chainId === trust.chainId && contract.toLowerCase() === trust.contracts.StatusRegistry?.toLowerCase();
