// What an open wallet has, for verbs that a page can call when it was locked meanwhile.
import { HealthpassError } from '#passport';

/** @throws HealthpassError `wallet-locked` */
export function opened<T>(found: T | undefined): T {
  if (found === undefined) throw new HealthpassError('wallet-locked', 'the records are closed', { field: 'records' });
  return found;
}
