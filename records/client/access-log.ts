// The account of accesses, fetched from the gateway that keeps it and verified against the chain, which is read first and by endpoints of one's own.
import { z } from 'zod';
import { HealthpassError, type UnixSeconds } from '#passport';
import { readBlock, readGateway, type CareDeployment, type GatewayOnChain } from '#contracts/care/index.ts';
import {
  ACCESS_LOG_FORMAT, bytes32Schema, entrySchema, proofSchema, verifyLog, type AccessLogFile, type AccessReceipt, type AnchorProof, type Hex, type LogCheckpoint, type LogEntry, type LogVerdict,
} from '#records/model/audit/index.ts';
import type { Address } from '#records/model/members.ts';
import { read } from './answer.ts';
import type { GatewayClient } from './http.ts';

export type ChainPlace = {
  /** As this installation knows it, never as the gateway says. */
  readonly deployment: CareDeployment;
  /** JSON-RPC URLs of one's own choice. */
  readonly endpoints: readonly string[];
};
export type AccessLogOptions = ChainPlace & {
  /** With the token of the patient's session. */
  readonly gateway: GatewayClient;
  /** The gateway's address, as it was known when the patient signed up. */
  readonly address: Address;
  /** Up to where it was found whole before; what the last anchor did not cover yet, and all after it, is fetched. */
  readonly from?: LogCheckpoint | undefined;
  /** Block up to which the anchors of `from` were read. */
  readonly fromBlock?: number | undefined;
  readonly seen?: readonly { readonly sequence: number; readonly hash: Hex }[] | undefined;
  readonly receipts?: readonly AccessReceipt[] | undefined;
  readonly now: () => UnixSeconds;
};
export type VerifiedLog = { readonly verdict: LogVerdict; readonly file: AccessLogFile };

const next = z.int().min(1).optional();
const logAnswer = z.object({ log: bytes32Schema, entries: z.array(entrySchema), next });
const proofsAnswer = z.object({ log: bytes32Schema, proofs: z.array(proofSchema), next });

/** The chain first, then the proofs, the entries last: so nothing that the chain has can be newer than what is shown. */
export async function verifyAccessLog({ gateway, address, deployment, endpoints, from: known, fromBlock, seen, receipts, now }: AccessLogOptions): Promise<VerifiedLog> {
  const from = receipts?.some(({ time }) => known && time <= known.time) ? undefined : known; // what is told of then is looked for among all entries
  const chain = await readGateway({ deployment, endpoints, gateway: address, since: from && fromBlock !== undefined ? { block: fromBlock + 1, anchors: from.anchor } : undefined });
  const { log, proofs } = await fetchProofs(gateway, from?.anchor ?? 0, chain.anchors.at(-1)?.sequence ?? 0);
  const { log: shown, entries } = await fetchAccessLog(gateway, from?.anchored ?? 0);
  if (shown !== log) throw new HealthpassError('log-malformed', 'the gateway shows two logs', { field: 'log' });
  const file: AccessLogFile = {
    format: ACCESS_LOG_FORMAT, version: 1, chainId: deployment.chainId, accessLog: deployment.contracts.AccessLog, gateway: address, log, chain: { block: chain.block.number, time: chain.block.time },
    fetchedAt: now(), entries, proofs, receipts,
  };
  return { verdict: verify(file, chain, { from, seen }), file };
}

/** Seconds by which a block that was not final may have been replaced by one of another time. */
const MOST_APART = 300;

/** A file that was saved, against the chain as it is now. @throws HealthpassError `log-malformed` for a file about another chain, or a block of another time; `receipt-invalid` */
export async function verifyAccessLogFile(file: AccessLogFile, { deployment, endpoints }: ChainPlace): Promise<LogVerdict> {
  if (file.chainId !== deployment.chainId || file.accessLog !== deployment.contracts.AccessLog) {
    throw new HealthpassError('log-malformed', 'the file is about another chain than the one that is known here', { field: 'accessLog' });
  }
  const { time } = await readBlock({ deployment, endpoints, number: file.chain.block });
  if (Math.abs(time - file.chain.time) > MOST_APART) throw new HealthpassError('log-malformed', 'the block that the file names is of another time', { field: 'chain.time' });
  return verify(file, await readGateway({ deployment, endpoints, gateway: file.gateway }), {});
}

/** What was anchored in later blocks, which may name the same second, says nothing against the file; it was fetched no earlier than the block that it names. */
const verify = (file: AccessLogFile, { anchors, roles }: GatewayOnChain, { from, seen }: Pick<AccessLogOptions, 'from' | 'seen'>): LogVerdict => verifyLog({
  log: file.log, chainId: file.chainId, gateway: file.gateway, entries: file.entries, proofs: file.proofs, roles, anchors: anchors.filter(({ block }) => block <= file.chain.block), now: Math.max(file.fetchedAt, file.chain.time) as UnixSeconds,
  ...(file.receipts && { receipts: file.receipts }), ...(from && { from }), ...(seen && { seen }),
});

/** Up to the newest anchor that the chain has: what is on its way is for the next time. */
async function fetchProofs(gateway: GatewayClient, after: number, newest: number): Promise<{ log: Hex; proofs: AnchorProof[] }> {
  const proofs: AnchorProof[] = [];
  for (let at = after; ;) {
    const page = read(proofsAnswer, await gateway.get('/log/proofs', { from: at, limit: 1000 }));
    for (const proof of page.proofs) if (proof.anchor <= newest) proofs.push(proof);
    if (page.next === undefined || page.next <= at || page.next >= newest) return { log: page.log, proofs };
    at = page.next;
  }
}

/** Entries after a sequence, as the gateway shows them: nothing of it is verified here. */
export async function fetchAccessLog(gateway: GatewayClient, after = 0): Promise<{ readonly log: Hex; readonly entries: readonly LogEntry[] }> {
  const entries: LogEntry[] = [];
  for (let [at, log] = [after, undefined as Hex | undefined]; ;) {
    const page = read(logAnswer, await gateway.get('/log', { after: at, limit: 500 }));
    if (page.log !== (log ??= page.log)) throw new HealthpassError('log-malformed', 'the gateway shows two logs', { field: 'log' });
    for (const entry of page.entries) entries.push(entry);
    if (page.next === undefined || page.next <= at) return { log, entries };
    at = page.next;
  }
}
