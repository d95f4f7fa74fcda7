// A connection to one chain endpoint for whoever sends: one chain, bounded waiting, nothing cached, no polling behind our back.
import { FetchRequest, JsonRpcProvider, Network } from 'ethers';

/**
 * @param chainId what the endpoint must serve; it is not asked, so a dead URL fails instead of being tried for ever
 * @param timeout milliseconds a request may take
 */
export function connect(url: string, chainId: number, { timeout = 10_000 }: { timeout?: number } = {}): JsonRpcProvider {
  const request = new FetchRequest(url);
  request.timeout = timeout;
  request.retryFunc = async () => false;
  const network = Network.from(chainId);
  return new JsonRpcProvider(request, network, { staticNetwork: network, batchMaxCount: 1, cacheTimeout: -1 });
}
