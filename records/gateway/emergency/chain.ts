// EmergencyAccess as the gateway asks it: always the newest block, since what is released there counts from that moment, and what ended ends.
import type { Provider } from 'ethers';
import { chainError } from '#contracts';
import { CARE_INTERFACES, type CareDeployment } from '#contracts/care/deployment.ts';
import type { Address } from '#records/model/members.ts';

type Hex = `0x${string}`;
const CONTRACT = CARE_INTERFACES.EmergencyAccess;

/** All throw HealthpassError `chain-unavailable`. */
export type EmergencyChain = {
  readonly isReleased: (id: Hex) => Promise<boolean>;
  readonly hasApproved: (id: Hex, institution: Address) => Promise<boolean>;
  readonly commitmentOf: (id: Hex) => Promise<{ readonly institution: Address; readonly commitment: Hex; readonly until: number; readonly approvals: number }>;
  readonly nonceOf: (signer: Address) => Promise<number>;
};

export function createEmergencyChain(provider: Provider, care: CareDeployment): EmergencyChain {
  const to = care.contracts.EmergencyAccess;
  async function read(method: string, values: readonly unknown[]): Promise<unknown> {
    try {
      return CONTRACT.decodeFunctionResult(method, await provider.call({ to, data: CONTRACT.encodeFunctionData(method, values) }))[0];
    } catch (error) {
      throw chainError(error);
    }
  }
  return {
    isReleased: async (id) => (await read('isReleased', [id])) === true,
    hasApproved: async (id, institution) => (await read('hasApproved', [id, institution])) === true,
    async commitmentOf(id) {
      const { institution, commitment, until, approvals } = (await read('emergencyOf', [id])) as { institution: string; commitment: Hex; until: bigint; approvals: bigint }; // as the ABI says
      return { institution: institution.toLowerCase() as Address, commitment, until: Number(until), approvals: Number(approvals) };
    },
    nonceOf: async (signer) => Number(await read('nonces', [signer])),
  };
}
