// Reading the audit trail: an organisation its own entries, the operator all.
import { z } from 'zod';
import { HealthpassError } from '#passport';
import { route, type Route } from '../http/route.ts';
import { readAudit, verifyAuditTrail } from './audit-trail.ts';
import type { AccessParts } from './parts.ts';

const wholeNumber = z.string().regex(/^\d{1,15}$/).transform(Number);
const word = z.string().min(1).max(200);
const query = z.strictObject({
  actor: word.optional(), action: word.optional().meta({ description: 'The whole action, or its noun' }), target: word.optional(),
  from: wholeNumber.optional().meta({ description: 'Unix seconds' }), to: wholeNumber.optional(), cursor: wholeNumber.optional().meta({ description: 'As the last answer gave it' }),
  limit: z.string().regex(/^\d{1,3}$/).transform(Number).pipe(z.int().min(1).max(500)).optional(), organisation: word.optional().meta({ description: 'For the operator' }),
});
const entry = z.object({
  id: z.int(), at: z.int(), actorKind: z.string(), actor: z.string(), organisation: z.string(), action: z.string(), target: z.string(), outcome: z.enum(['done', 'refused']), detail: z.looseObject({}),
}).meta({ id: 'AuditEntry', description: 'Who changed what and when: ids, codes and counts' });
const verdict = z.object({ intact: z.boolean(), entries: z.int().optional(), digest: z.string().optional(), at: z.int().optional(), what: z.enum(['removed', 'changed']).optional() })
  .meta({ id: 'AuditVerdict', description: 'Whether the chain holds. Kept elsewhere, entries and digest show later that nothing before them was changed' });
const verificationQuery = z.strictObject({ entries: wholeNumber.optional(), digest: z.string().regex(/^[0-9a-f]{64}$/).optional() });

export const auditRoutes = ({ database, organisation: standard }: AccessParts): Route[] => [
  route({
    method: 'get', path: '/audit', summary: 'Read the audit trail, newest first', tag: 'audit', permission: 'audit:read', query,
    answers: { 200: { description: 'Entries, and where to go on', schema: z.object({ entries: z.array(entry), cursor: z.int().optional() }) } },
    async run({ query: { cursor, limit = 100, organisation, ...filter }, principal }) {
      const rows = await readAudit(database, { ...filter, organisation: principal.kind === 'operator' ? organisation : principal.organisation, before: cursor, limit });
      return { entries: rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as object })), ...(rows.length === limit ? { cursor: rows.at(-1)!.id } : {}) };
    },
  }),
  route({
    method: 'get', path: '/audit/verification', summary: 'Check that no entry of the audit trail was changed or removed', tag: 'audit', permission: 'audit:read', query: verificationQuery,
    answers: { 200: { description: 'Whether the chain holds', schema: verdict } },
    async run({ query: { entries, digest }, principal }) {
      if (principal.kind !== 'operator' && principal.organisation !== standard.id) throw new HealthpassError('forbidden', 'the whole trail is that of who runs the service', { field: 'permission' });
      return verifyAuditTrail(database, entries === undefined || digest === undefined ? undefined : { entries, digest });
    },
  }),
];
