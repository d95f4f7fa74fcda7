// What stands on chain of this issuer: its accreditation, its keys, its lists and how full they are, and what was anchored last.
import { LIST_SIZE, standingOf, type IssuerRecord, type ListedKey, type TrustState } from '#passport';
import type { Queryable } from '#server';
import type { ClaimsKeys } from '../rotate.ts';
import { blockedEntries, type KnownChain } from '../patients/standing.ts';

export type KeyStanding = Pick<ListedKey, 'kid' | 'type' | 'since' | 'until'> & { /** Signs now. */ readonly current: boolean };
export type ListStanding = { readonly id: number; readonly used: number; readonly revoked: number; readonly suspended: number; readonly capacity: number };
export type KeysStanding = {
  readonly did: string;
  readonly account: string;
  /** Absent before the chain was read, or while governance has not accredited this issuer. `reads`: by the newest final block, and by the latest. */
  readonly accreditation?: Pick<IssuerRecord, 'name' | 'accreditedBy' | 'latestStatus'> & { readonly issuer: number; readonly standing: IssuerRecord['status'] };
  /** `onChain`: whether the registry has the key that this service signs with. */
  readonly claimsKey: { readonly x: string; readonly y: string; readonly onChain: boolean };
  readonly keys: readonly KeyStanding[];
  readonly lists: readonly ListStanding[];
  readonly anchors: { readonly count: number; readonly last?: { readonly at: number; readonly list: number; readonly root: string } };
  /** Signed texts that no anchor covers yet. */
  readonly unanchored: number;
};

export type KeysDeps = {
  readonly on: Queryable;
  readonly chain: KnownChain;
  readonly account: string;
  readonly claimsKeys: Pick<ClaimsKeys, 'current'>;
  /** Key ids that sign now. */
  readonly signing: () => Promise<readonly string[]>;
};

export async function keysStanding({ on, chain, account, claimsKeys, signing }: KeysDeps): Promise<KeysStanding> {
  const trust = chain.trust();
  const record = trust?.issuers.find(({ did }) => did === chain.did);
  const { publicKey } = await claimsKeys.current();
  const current = new Set(await signing().catch(() => []));
  const [{ unanchored }] = await on.query<{ unanchored: number }>('SELECT count(*)::int8 AS unanchored FROM securing WHERE anchor IS NULL AND digest IS NOT NULL') as [{ unanchored: number }]; // an aggregate
  return {
    did: chain.did, account, unanchored,
    ...(record && { accreditation: { issuer: record.id, name: record.name, accreditedBy: record.accreditedBy, standing: standingOf(record), latestStatus: record.latestStatus } }),
    claimsKey: { x: publicKey.x.toString(), y: publicKey.y.toString(), onChain: record !== undefined && record.claimsKey.x === publicKey.x && record.claimsKey.y === publicKey.y },
    keys: (record?.keys ?? []).map(({ kid, type, since, until }) => ({ kid, type, since, until, current: current.has(kid) })),
    lists: await listsOf(on, chain, record?.lists ?? []),
    anchors: anchorsOf(trust, record),
  };
}

async function listsOf(on: Queryable, chain: KnownChain, lists: readonly number[]): Promise<ListStanding[]> {
  const rows = await on.query<{ list: number; used: number }>('SELECT list::int8 AS list, count(*)::int8 AS used FROM credential WHERE list = ANY($1::bigint[]) GROUP BY list', [lists]);
  const used = new Map(rows.map((row) => [row.list, row.used]));
  const [revoked, suspended] = (['revoked', 'suspended'] as const).map((status) => Map.groupBy(blockedEntries(chain, status).lists, (list) => list)) as [Map<number, number[]>, Map<number, number[]>];
  return lists.map((id) => ({ id, used: used.get(id) ?? 0, revoked: revoked.get(id)?.length ?? 0, suspended: suspended.get(id)?.length ?? 0, capacity: LIST_SIZE }));
}

function anchorsOf(trust: TrustState | undefined, record: IssuerRecord | undefined): KeysStanding['anchors'] {
  const own = trust?.anchors.filter(({ list }) => record?.lists.includes(list)) ?? [];
  const last = own.at(-1);
  return { count: own.length, ...(last && { last: { at: last.time, list: last.list, root: last.root } }) };
}
