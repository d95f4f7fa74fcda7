// A role as a credential (W3C VC Data Model 1.1 as JWT): who has it, from whom, and where on chain it is seen whether it still stands. A patient's
// role has no place on chain, so its credential has an end and nothing else.
import { randomUUID } from 'node:crypto';
import { createDid } from '#contracts/did/index.ts';
import { roleBit, type Address, type Role } from '#records/model/members.ts';
import type { CoreDeps } from '../deps.ts';

export type RoleTerms = {
  readonly account: Address;
  readonly role: Role;
  readonly until: number;
  /** Of a member. */
  readonly profile?: { readonly name: string; readonly country: string; readonly organisation?: Address | undefined; readonly decidedBy: Address } | undefined;
};

export function createRoleCredential({ signer, config, now }: Pick<CoreDeps, 'signer' | 'config' | 'now'>, { account, role, until, profile }: RoleTerms): Promise<string> {
  const { chainId, contracts } = config;
  const did = (address: Address) => createDid(chainId, address);
  const subject = profile && { name: profile.name, country: profile.country, ...(profile.organisation && { organisation: did(profile.organisation) }), decidedBy: did(profile.decidedBy) };
  return signer.jwt({
    sub: did(account), jti: `urn:uuid:${randomUUID()}`, nbf: now(), exp: until,
    vc: {
      '@context': ['https://www.w3.org/2018/credentials/v1'],
      type: ['VerifiableCredential', 'CareRoleCredential'],
      credentialSubject: { role, ...subject },
      ...(profile && { credentialStatus: { id: statusOf(chainId, contracts.RoleRegistry, account, role), type: 'CareRoleRegistryStatus' } }),
    },
  });
}

/** Names the question `hasRole(member, role)` to RoleRegistry: CAIP-10 of the contract, then what is asked. */
const statusOf = (chainId: number, registry: Address, member: Address, role: Role): string => `caip10:eip155:${chainId}:${registry}?member=${member}&role=${roleBit(role)}`;
