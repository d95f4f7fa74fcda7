// What an account is found by: the keyed digest of this text.
import type { Address } from '#records/model/members.ts';

export const accountIndex = (account: Address): string => `account/${account}`;
