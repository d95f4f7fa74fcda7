// Changes that were made here and that the issuer has not read from the chain yet: until it has, a row says that it is on its way.
import { useState } from 'preact/hooks';
import type { Issuance, Status, StatusAction } from '../../api.ts';
import { useEvery } from '../../console.tsx';

const REACHED: Readonly<Record<StatusAction, Status>> = { revoke: 'revoked', suspend: 'suspended', reinstate: 'valid' };
/** Milliseconds between looks, and for how long after the last change. */
const LOOK = { every: 1500, most: 30_000 };

export function useChanging(reload: () => void): { readonly note: (action: StatusAction, ids: readonly string[]) => void; readonly shown: <T extends Issuance>(row: T) => T } {
  const [changes, set] = useState<{ readonly at: number; readonly actions: ReadonlyMap<string, StatusAction> }>({ at: 0, actions: new Map() });
  useEvery(LOOK.every, () => { if (Date.now() - changes.at < LOOK.most) reload(); });
  return {
    note: (action, ids) => set(({ actions }) => ({ at: Date.now(), actions: new Map([...actions, ...ids.map((id) => [id, action] as const)]) })),
    shown(row) {
      const action = changes.actions.get(row.id);
      const isOnItsWay = action !== undefined && row.pending === undefined && row.status !== REACHED[action] && Date.now() - changes.at < LOOK.most;
      return isOnItsWay ? { ...row, pending: action } : row;
    },
  };
}
