// Single facts of the care contracts, asked of the chain at the moment that they matter, through endpoints that are not trusted: for whoever has no
// index, such as a page that is about to hand out a medicine. Browser-safe.
import { HealthpassError } from '#passport/errors.ts';
import { roleBit, type Address, type Role } from '#records/model/members.ts';
import type { CareContract } from '#records/model/typed-data.ts';
import { quorumOf, type EndpointsOptions } from '../chain-index/quorum.ts';
import type { UseOfPrescription } from './book.ts';
import { CARE_INTERFACES, careCall, type CareDeployment } from './deployment.ts';

type Bytes32 = `0x${string}`;

/** All throw HealthpassError `chain-unavailable`, `chain-inconsistent`. */
export type CareViews = {
  /** What counts under an id of the owner; undefined for nothing. */
  readonly grantOf: (owner: Address, id: Bytes32, signal?: AbortSignal) => Promise<Bytes32 | undefined>;
  readonly hasRole: (member: Address, role: Role, signal?: AbortSignal) => Promise<boolean>;
  readonly useOf: (nullifier: Bytes32, signal?: AbortSignal) => Promise<UseOfPrescription | undefined>;
  readonly emergencyOf: (id: Bytes32, signal?: AbortSignal) => Promise<{ readonly institution: Address; readonly until: number; readonly approvals: number; readonly reviewed: boolean; readonly commitment: Bytes32 }>;
  readonly hasApproved: (id: Bytes32, institution: Address, signal?: AbortSignal) => Promise<boolean>;
  /** Institutions that must approve an emergency. */
  readonly quorum: (signal?: AbortSignal) => Promise<number>;
  readonly nonceOf: (contract: CareContract, signer: Address, signal?: AbortSignal) => Promise<number>;
};

/** In the order of the contract. */
const USES = ['none', 'dispensed', 'void'] as const;

/** @throws HealthpassError `configuration-invalid` */
export function createCareViews({ deployment, ...endpoints }: EndpointsOptions & { readonly deployment: CareDeployment }): CareViews {
  const quorum = quorumOf(endpoints);
  const ask = (contract: CareContract, method: string, values: readonly unknown[], signal?: AbortSignal): Promise<readonly unknown[]> =>
    quorum.agree([{ method: 'eth_call', params: [careCall(deployment, contract, method, values), 'latest'] }], ([answer]) => {
      try {
        return CARE_INTERFACES[contract].decodeFunctionResult(method, answer as string).toArray(true) as readonly unknown[];
      } catch (cause) {
        throw new HealthpassError('chain-inconsistent', `no ${contract} answers at its address`, { cause });
      }
    }, signal);
  return {
    async grantOf(owner, id, signal) {
      const word = (await ask('ConsentRegistry', 'grantOf', [owner, id], signal))[0] as Bytes32; // as the ABI says
      return /^0x0+$/.test(word) ? undefined : word;
    },
    hasRole: async (member, role, signal) => (await ask('RoleRegistry', 'hasRole', [member, roleBit(role)], signal))[0] === true,
    async useOf(nullifier, signal) {
      const [use, by] = await ask('DispenseRegistry', 'useOf', [nullifier], signal);
      const kind = USES[Number(use)];
      if (kind === undefined) throw new HealthpassError('chain-inconsistent', 'a use is of no kind that there is');
      return kind === 'none' ? undefined : { use: kind, by: String(by).toLowerCase() as Address };
    },
    async emergencyOf(id, signal) {
      const [[institution, until, approvals, reviewed, commitment]] = (await ask('EmergencyAccess', 'emergencyOf', [id], signal)) as [[string, bigint, bigint, boolean, Bytes32]]; // as the ABI says
      return { institution: institution.toLowerCase() as Address, until: Number(until), approvals: Number(approvals), reviewed, commitment };
    },
    hasApproved: async (id, institution, signal) => (await ask('EmergencyAccess', 'hasApproved', [id, institution], signal))[0] === true,
    quorum: async (signal) => Number((await ask('EmergencyAccess', 'quorum', [], signal))[0]),
    nonceOf: async (contract, signer, signal) => Number((await ask(contract, 'nonces', [signer], signal))[0]),
  };
}
