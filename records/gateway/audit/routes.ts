// What patients are given of their log, and anybody of the anchors.
import { z } from 'zod';
import type { Route } from '#server';
import type { GatewayDeps } from '../deps.ts';
import { address, bytes32, seconds, signature } from '../schemas.ts';
import { secured, unsecured } from '../secured.ts';
import { checkpointsAfter } from './checkpoints.ts';
import { createAuditLog } from './log.ts';
import { proofsOf } from './proofs.ts';

const MOST_ENTRIES = 500;
const MOST_PROOFS = 1_000;
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const limitOf = (most: number) => z.coerce.number().int().min(1).max(most).default(100);
const logQuery = z.object({ after: count.default(0), limit: limitOf(MOST_ENTRIES) });
const entrySchema = z.strictObject({
  sequence: z.int().min(1), previous: bytes32.meta({ description: 'Hash of the entry before; zeros for the first' }), event: bytes32.meta({ description: 'Digest of salt and document' }), time: seconds,
  signature: signature.meta({ description: 'Of the gateway: the EIP-712 statement Receipt' }), salt: bytes32, document: z.string().meta({ description: 'A FHIR AuditEvent as it was digested' }),
});
const logSchema = z.strictObject({
  log: bytes32, gateway: address, chainId: z.int(), entries: z.array(entrySchema), next: z.int().optional().meta({ description: 'After which entry there are more' }),
});
const proofQuery = z.object({ from: count.default(0), limit: limitOf(MOST_PROOFS) });
const proofsSchema = z.strictObject({
  log: bytes32,
  proofs: z.array(z.strictObject({ anchor: z.int(), entries: z.int(), head: bytes32.meta({ description: 'Hash of the last of those entries' }), proof: z.string().meta({ description: 'The way from the log to the root' }) })),
  next: z.int().optional().meta({ description: 'After which anchor there are more' }),
});
const anchorsSchema = z.strictObject({
  gateway: address, anchors: z.array(z.strictObject({ sequence: z.int(), root: bytes32, takenAt: seconds, anchoredAt: seconds.optional(), block: z.int().optional() })), next: z.int().optional(),
});

export function logRoutes(deps: GatewayDeps): readonly Route[] {
  const { database, signer, config } = deps;
  const audit = createAuditLog(deps);
  return [
    secured(deps, { as: 'patient' }, {
      method: 'get', path: '/log', summary: 'Give the patient the log of accesses', tag: 'accesses', query: logQuery,
      answers: { 200: { description: 'Entries in their order', schema: logSchema } },
      async run({ caller, query: { after, limit } }) {
        const patient = caller.patient!; // as: 'patient'
        const log = await audit.logOf(database, patient);
        const entries = await audit.read(database, patient, { after, limit });
        return { log, gateway: signer.address, chainId: config.chainId, entries, ...nextOf(entries, limit) };
      },
    }),
    secured(deps, { as: 'patient' }, {
      method: 'get', path: '/log/proofs', summary: 'Prove the log of the patient at each anchor', tag: 'accesses', query: proofQuery,
      answers: { 200: { description: 'Proofs in the order of the anchors', schema: proofsSchema } },
      async run({ caller, query: { from, limit } }) {
        const log = await audit.logOf(database, caller.patient!); // as: 'patient'
        const proofs = await proofsOf(database, log, { after: from, limit });
        return { log, proofs, ...(proofs.length === limit ? { next: proofs.at(-1)!.anchor } : {}) };
      },
    }),
    unsecured({
      method: 'get', path: '/anchors', summary: 'List what the gateway anchored; the chain itself has it', tag: 'accesses', surface: 'public', query: logQuery,
      answers: { 200: { description: 'Anchors in their order', schema: anchorsSchema } },
      async run({ query: { after, limit }, context }) {
        context.header('cache-control', 'no-cache');
        const checkpoints = await checkpointsAfter(database, after, limit);
        const anchors = checkpoints.map(({ sequence, root, takenAt, anchoredAt, block }) => ({ sequence, root, takenAt, ...(anchoredAt === null ? {} : { anchoredAt }), ...(block === null ? {} : { block }) }));
        return { gateway: signer.address, anchors, ...nextOf(anchors, limit) };
      },
    }),
  ];
}

const nextOf = (entries: readonly { readonly sequence: number }[], limit: number) => (entries.length === limit ? { next: entries.at(-1)!.sequence } : {});
