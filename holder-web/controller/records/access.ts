// Who may see what: each relationship with the member's name, how it stands, and what it says.
import type { UnixSeconds } from '#passport';
import type { Relationship } from '#records/client/patient-consents.ts';
import { describePolicy } from '#records/model/consent/index.ts';
import type { Connection } from './connection.ts';
import { createLoading } from './loading.ts';
import type { Members } from './members.ts';
import { opened } from './opened.ts';
import type { RecordsApp } from './records-app.ts';
import { ACCESS_STANDINGS, type AccessStanding, type AccessView } from './states.ts';

/** Seconds before its end at which it is told. */
const SOON = 14 * 86_400;

export type AccessDeps = { readonly now: () => UnixSeconds; readonly open: () => { readonly connection: Connection; readonly members: Members } | undefined; readonly onRevoked: () => Promise<void> };

export function createAccess({ now, open, onRevoked }: AccessDeps): RecordsApp['access'] & { readonly clear: () => void } {
  const loading = createLoading<readonly AccessView[]>(() => {
    const here = open();
    return here && readAccess(here, now());
  });
  return {
    ...loading,
    async revoke(id) {
      const { connection } = opened(open());
      try {
        await connection.patient.revoke(id);
      } finally {
        await loading.reload();
      }
      await onRevoked();
    },
  };
}

async function readAccess({ connection, members }: { readonly connection: Connection; readonly members: Members }, now: UnixSeconds): Promise<AccessView[]> {
  const relationships = await connection.patient.relationships();
  const named = await members.named(relationships.map(({ recipient }) => recipient));
  return relationships
    .map((relationship): AccessView => ({ relationship, member: named.get(relationship.recipient), standing: standingOf(relationship, now), says: describePolicy(relationship.policy) }))
    .toSorted((a, b) => ACCESS_STANDINGS.indexOf(a.standing) - ACCESS_STANDINGS.indexOf(b.standing) || b.relationship.changedAt - a.relationship.changedAt);
}

function standingOf({ state, policy }: Relationship, now: UnixSeconds): AccessStanding {
  if (state === 'failed') return 'failed';
  if (state === 'revoked' || policy.until <= now) return 'ended';
  if (policy.effect === 'deny') return 'never';
  if (state === 'pending') return 'pending';
  return policy.until - now < SOON && policy.until - policy.from > SOON ? 'ending' : 'active';
}
