// AccessLog as the gateway's own account writes and reads it.
import { CARE_INTERFACES, appendAnchor, careCall, parseCareDeployment } from '#contracts';
import type { Hex } from '#records/model/audit/index.ts';
import type { GatewayDeps } from '../deps.ts';
import type { AnchorChain } from './anchoring.ts';

export function createAnchorChain({ relay, provider, config, signer }: Pick<GatewayDeps, 'relay' | 'provider' | 'config' | 'signer'>): AnchorChain {
  async function view(method: 'headOf' | 'rootOf', ...more: readonly number[]): Promise<unknown> {
    const answer = await provider.call(careCall(parseCareDeployment(config), 'AccessLog', method, [signer.address, ...more]));
    return CARE_INTERFACES.AccessLog.decodeFunctionResult(method, answer)[0];
  }
  return {
    count: async () => Number(await view('headOf')),
    rootOf: async (sequence) => (await view('rootOf', sequence)) as Hex, // bytes32
    // What makes accesses provable is paid whatever else was spent.
    append: async (sequence, root) => ({ block: (await relay(appendAnchor(parseCareDeployment(config), sequence, root), `anchor/${sequence}`, { pot: 'safety' })).blockNumber }),
  };
}
