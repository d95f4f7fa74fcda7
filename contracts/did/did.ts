// did:ethr identifiers (ERC-1056). One spelling each: lower-case hex chain id, checksummed address, or compressed public key.
import { computeAddress, getAddress } from 'ethers';
import { HealthpassError } from '#passport/errors.ts';

/** Where the DIDs of a chain are kept. */
export type DidDeployment = {
  /** Address of the ERC-1056 registry. */
  readonly didRegistry: string;
  readonly chainId: number;
  /** No event of the registry is older. */
  readonly deployBlock: number;
};

export type EthrDid = { readonly did: string; readonly chainId: number; readonly address: string };

const DID_ETHR = /^did:ethr:(?:0x([1-9a-f][0-9a-f]{0,12}):)?(0x[0-9a-fA-F]{40}|0x0[23][0-9a-f]{64})$/;

/** The DID of an address on a chain. */
export const createDid = (chainId: number, address: string): string =>
  `did:ethr:0x${chainId.toString(16)}:${getAddress(address)}`;

/**
 * Reads a did:ethr of a given chain.
 * @throws HealthpassError `request-invalid` for another method or chain, an address that is not checksummed, a query or fragment.
 */
export function parseDidEthr(did: string, chainId: number): EthrDid {
  const match = DID_ETHR.exec(did);
  if (!match) throw invalid('the DID is no did:ethr in canonical form');
  const [, network, identifier] = match as unknown as [string, string | undefined, string]; // both groups are in the pattern
  // A DID without a network is one of mainnet.
  if ((network === undefined ? 1 : Number.parseInt(network, 16)) !== chainId) throw invalid('the DID belongs to another chain');
  const address = addressOf(identifier);
  if (identifier.length === 42 && identifier !== address) throw invalid('the address in the DID is not checksummed');
  return { did, chainId, address };
}

function addressOf(identifier: string): string {
  try {
    return identifier.length === 42 ? getAddress(identifier.toLowerCase()) : computeAddress(identifier);
  } catch {
    throw invalid('the public key in the DID is no point');
  }
}

const invalid = (message: string) => new HealthpassError('request-invalid', message, { field: 'did' });
