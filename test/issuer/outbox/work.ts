// A day's work of an issuer's writer: changes of status that follow one another on the same entries, anchors, changes of keys. Each piece has a
// name, so that it may be asked for again and again. And what the chain shows once all of it was done, each piece once.
import type { JsonRpcProvider } from 'ethers';
import { ISSUER_REGISTRY, publishAnchor, rotateClaimsKey, STATUS_REGISTRY, type Deployment } from '#contracts';
import { DID_REGISTRY, setKeyCall } from '#contracts/did/index.ts';
import type { StatusAction } from '#contracts/status.ts';
import type { IssuerStore, Outbox } from '#issuer';
import { anchorName, claimsKeyName, ITSELF } from '#issuer/outbox/index.ts';
import type { Database } from '#server';
import { account, claimsKey } from '../../contracts/system.ts';
import { indexOf, ISSUER } from './scene.ts';

/** Credentials that the work is about. */
export const CREDENTIALS = 60;
export const credentialId = (i: number): string => `urn:uuid:${i}`;

type Piece = { readonly action: StatusAction; readonly of: readonly [from: number, to: number] } | { readonly anchor: number } | { readonly listing: number } | { readonly key: number };
export const WORK: readonly Piece[] = [
  { action: 'suspend', of: [0, 30] }, { action: 'revoke', of: [20, 40] }, { anchor: 1 }, { action: 'reinstate', of: [0, 10] }, { listing: 1 },
  { action: 'suspend', of: [5, 15] }, { action: 'reinstate', of: [5, 10] }, { key: 200 }, { anchor: 2 }, { action: 'revoke', of: [10, 20] }, { action: 'suspend', of: [40, 50] },
];
const EVENTS = { suspend: 'Suspended', revoke: 'Revoked', reinstate: 'Reinstated' } as const;
/** Events of the status registry that the work makes, in order, and transactions of the account. */
export const EXPECTED = {
  events: WORK.flatMap((piece) => ('action' in piece ? [EVENTS[piece.action]] : 'anchor' in piece ? ['Anchored'] : [])),
  listed: 2,
  keys: 2, // the first was set as the issuer was added
  transactions: WORK.length + 1, // a listing is two
} as const;

const rootOf = (n: number): string => `0x${n.toString(16).padStart(64, '0')}`;

export type Workplace = { readonly database: Database; readonly outbox: Outbox; readonly deployment: Deployment };

export const writeCredentials = (store: IssuerStore) => store.remember(Array.from({ length: CREDENTIALS }, (_, i) => (
  { id: credentialId(i), issuance: `of ${i}`, copy: 0, list: 1, index: indexOf(i), issuedAt: 1, securings: [] })));

/** Asks for the pieces one after the other, none of them waited for. */
export async function askForWork({ database, outbox, deployment }: Workplace, onWritten: () => Promise<void> | void = () => {}): Promise<void> {
  for (const [i, piece] of WORK.entries()) {
    await database.transaction((tx) => {
      if ('action' in piece) {
        const entries = Array.from({ length: piece.of[1] - piece.of[0] }, (_, n) => ({ id: credentialId(piece.of[0] + n), list: 1, index: indexOf(piece.of[0] + n) }));
        return outbox.writeStatusChange(tx, ITSELF, { name: `piece ${i}`, action: piece.action, entries });
      }
      const [name, kind, calls] = 'anchor' in piece ? [anchorName(rootOf(piece.anchor)), 'anchor', [publishAnchor(deployment, 1, rootOf(piece.anchor))]] as const
        : 'key' in piece ? [claimsKeyName(claimsKey(piece.key)), 'claims-key', [rotateClaimsKey(deployment, 1, claimsKey(piece.key))]] as const
        : [`listing ${piece.listing}`, 'did-keys', [11, 12].map((n) => setKeyCall(deployment.contracts.EthereumDIDRegistry, ISSUER.address, { type: 'secp256k1', publicKey: account(n).publicKey.slice(2) }, 86_400))] as const;
      return outbox.writeCalls(tx, ITSELF, { name, kind, calls }, { action: kind, target: name });
    });
    await onWritten();
    outbox.nudge();
  }
}

/** Which entries of list 1 are revoked and suspended in the end. */
export const FINAL = { revoked: [10, 40], suspended: [40, 50] } as const;

/** Entries of a list's words, as positions in the work. */
export function blockedOf(words: ReadonlyMap<number, bigint>): number[] {
  return Array.from({ length: CREDENTIALS }, (_, i) => i).filter((i) => ((words.get(Math.floor(indexOf(i) / 248)) ?? 0n) >> BigInt(indexOf(i) % 248)) & 1n);
}

/** The same of what the chain shows. */
export async function shownBy(provider: JsonRpcProvider, { contracts }: Deployment) {
  const logsOf = async (address: string) => provider.getLogs({ address, fromBlock: 0, toBlock: 'latest' });
  const status = (await logsOf(contracts.StatusRegistry)).map((log) => STATUS_REGISTRY.parseLog(log)!.name);
  const listed = (await logsOf(contracts.EthereumDIDRegistry)).filter((log) => DID_REGISTRY.parseLog(log)?.name === 'DIDAttributeChanged');
  const keys = (await logsOf(contracts.IssuerRegistry)).map((log) => ISSUER_REGISTRY.parseLog(log)?.name).filter((name) => name === 'KeySet');
  return { events: status, listed: listed.length, keys: keys.length, transactions: await provider.getTransactionCount(ISSUER.address) };
}
