// Members as the wallet knows them: named by the directory, their roles asked of the chain by the wallet itself.
import type { UnixSeconds } from '#passport';
import { isHealthpassError } from '#passport';
import { quorumOf } from '#contracts/chain-index/quorum.ts';
import { ask } from '#contracts/care/ask.ts';
import { findMember, type Member } from '#records/client/members.ts';
import { roleBit, type Address } from '#records/model/members.ts';
import type { Connection } from './connection.ts';
import type { ChainSays, KnownMember } from './states.ts';

export type Members = ReturnType<typeof createMembers>;
/** Seconds for which what was found is taken again. */
const FRESH = 300;

export function createMembers({ gateway, chain }: Pick<Connection, 'gateway' | 'chain'>, now: () => UnixSeconds) {
  const known = new Map<Address, { readonly at: number; readonly member: Promise<Member | undefined> }>();

  /** Undefined for whoever the directory does not know, or does not tell now. */
  function find(address: Address): Promise<Member | undefined> {
    const kept = known.get(address);
    if (kept && kept.at > now() - FRESH) return kept.member;
    const member = findMember(gateway, address).catch((error: unknown) => {
      if (!isHealthpassError(error)) throw error;
      known.delete(address);
      return undefined;
    });
    known.set(address, { at: now(), member });
    return member;
  }

  /** Whether each role that the directory calls active stands on chain, and none where it calls none so. */
  async function askChain({ address, roles }: Member): Promise<ChainSays> {
    if (!chain) return 'unknown';
    try {
      const quorum = quorumOf(chain);
      for (const { role, standing } of roles) {
        const stands: unknown = await ask(quorum, chain.deployment, 'RoleRegistry', 'hasRole', [address, roleBit(role)], 'latest');
        if (stands !== (standing === 'active')) return 'differs';
      }
      return 'agrees';
    } catch (error) {
      if (!isHealthpassError(error)) throw error;
      return 'unknown';
    }
  }

  return {
    find,
    async named(addresses: Iterable<Address>): Promise<ReadonlyMap<Address, Member>> {
      const found = await Promise.all([...new Set(addresses)].map(async (address) => [address, await find(address)] as const));
      return new Map(found.flatMap(([address, member]) => (member ? [[address, member] as const] : [])));
    },
    /** @throws HealthpassError `member-unknown` */
    async verified(address: Address): Promise<KnownMember> {
      const member = await findMember(gateway, address);
      return { ...member, chain: await askChain(member) };
    },
  };
}
