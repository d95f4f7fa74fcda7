// The directory: members by name, as anybody may look them up. Names and reading keys are what members gave; roles and standing are the chain's.
import { createDid } from '#contracts/did/index.ts';
import { HealthpassError } from '#passport';
import type { Queryable } from '#server';
import { isAddress, type Address, type Role } from '#records/model/members.ts';
import type { GatewayDeps } from '../deps.ts';
import type { HeldRole } from '../roles.ts';
import type { Application, ReadingKey } from './applications.ts';

export type Member = {
  readonly address: Address;
  readonly did: string;
  readonly name: string;
  readonly country: string;
  readonly roles: readonly HeldRole[];
  /** Whom the member acts for now. */
  readonly organisation: Address | undefined;
  readonly standing: 'active' | 'suspended' | 'over';
  readonly readingKey: ReadingKey;
};
export type Page = { readonly members: readonly Member[]; readonly next: string | undefined };
export type DirectoryQuery = { readonly q?: string | undefined; readonly role?: Role | undefined; readonly organisation?: Address | undefined; readonly standing?: Member['standing'] | undefined; readonly cursor?: string | undefined; readonly limit: number };

type Row = { readonly address: Address; readonly name: string; readonly sort: string; readonly country: string; readonly readingKey: string };
const COLUMNS = 'address, name, sort, country, reading_key AS "readingKey"';
/** Rows that are looked at together. */
const BATCH = 200;

export const sortOf = (name: string): string => name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function createDirectory({ database, roles, config, now }: Pick<GatewayDeps, 'database' | 'roles' | 'config' | 'now'>) {
  function memberOf({ address, name, country, readingKey }: Row): Member {
    const held = roles.held(address, now());
    const { suspended, organisation, roles: standing } = roles.standing(address, now());
    return {
      address, did: createDid(config.chainId, address), name, country, roles: held, organisation, standing: standing.length > 0 ? 'active' : suspended ? 'suspended' : 'over',
      readingKey: JSON.parse(readingKey) as ReadingKey, // as `enter` wrote it
    };
  }

  return {
    /** An accepted application becomes an entry, or changes it; its key may be older than the one that is known. */
    enter: (tx: Queryable, { account, name, country, readingKey }: Application) => tx.query(
      `INSERT INTO member_profile (address, name, sort, country, reading_key, changed_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (address) DO UPDATE SET name = excluded.name, sort = excluded.sort, country = excluded.country, changed_at = excluded.changed_at,
          reading_key = CASE WHEN (member_profile.reading_key::json->>'since')::int8 > (excluded.reading_key::json->>'since')::int8 THEN member_profile.reading_key ELSE excluded.reading_key END`,
      [account, name, sortOf(name), country, JSON.stringify(readingKey), now()]),

    /** @throws HealthpassError `member-unknown` */
    async find(address: Address): Promise<Member> {
      const [row] = await database.query<Row>(`SELECT ${COLUMNS} FROM member_profile WHERE address = $1`, [address]);
      if (!row) throw new HealthpassError('member-unknown', 'there is no such member', { field: 'address' });
      return memberOf(row);
    },

    /** Members by name: those that stand now, unless others are asked for. */
    async list({ q = '', role, organisation, standing = 'active', cursor, limit }: DirectoryQuery): Promise<Page> {
      const found: Member[] = [];
      const fits = (member: Member) => (role === undefined ? member.standing === standing : member.roles.some((held) => held.role === role && held.standing === standing))
        && (organisation === undefined || member.organisation === organisation);
      let [sort, address] = startOf(cursor);
      for (;;) {
        const rows = await database.query<Row>(
          `SELECT ${COLUMNS} FROM member_profile WHERE (sort, address) > ($1, $2) AND position($3 in sort) > 0 ORDER BY sort, address LIMIT ${BATCH}`, [sort, address, sortOf(q)]);
        for (const row of rows) {
          const member = memberOf(row);
          if (!fits(member)) continue;
          if (found.length === limit) return { members: found, next: cursorAfter(found.at(-1)!) }; // there is a further one
          found.push(member);
        }
        const last = rows.at(-1);
        if (!last || rows.length < BATCH) return { members: found, next: undefined };
        [sort, address] = [last.sort, last.address];
      }
    },

    /** @throws HealthpassError `member-unknown`, `request-invalid` (an older key) */
    async changeKey(address: Address, key: ReadingKey): Promise<void> {
      const [row] = await database.query<Row>(`SELECT ${COLUMNS} FROM member_profile WHERE address = $1`, [address]);
      if (!row) throw new HealthpassError('member-unknown', 'there is no such member', { field: 'address' });
      if ((JSON.parse(row.readingKey) as ReadingKey).since >= key.since) throw new HealthpassError('request-invalid', 'the key is not newer than the one that is known', { field: 'since' });
      await database.query('UPDATE member_profile SET reading_key = $2, changed_at = $3 WHERE address = $1 AND reading_key = $4', [address, JSON.stringify(key), now(), row.readingKey]);
    },
  };
}
export type Directory = ReturnType<typeof createDirectory>;

const cursorAfter = ({ name, address }: Member): string => Buffer.from(JSON.stringify([sortOf(name), address])).toString('base64url');

/** @throws HealthpassError `request-invalid` */
function startOf(cursor: string | undefined): [string, string] {
  if (cursor === undefined) return ['', ''];
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
    if (Array.isArray(value) && typeof value[0] === 'string' && !value[0].includes('\0') && isAddress(value[1])) return [value[0], value[1]];
  } catch { /* told below */ }
  throw new HealthpassError('request-invalid', 'cursor is none of ours', { field: 'cursor' });
}
