// What the routes of the gateway read over and over, as domain types.
import { z } from 'zod';
import { isAddress, type Address } from '#records/model/members.ts';

export const address = z.custom<Address>(isAddress).meta({ description: 'An Ethereum address: 0x and 40 hexadecimal digits, lower case', type: 'string', pattern: '^0x[0-9a-f]{40}$' });
const hex = (bytes: number) => {
  const pattern = new RegExp(`^0x[0-9a-f]{${2 * bytes}}$`);
  return z.custom<`0x${string}`>((text) => typeof text === 'string' && pattern.test(text)).meta({ description: `0x and ${2 * bytes} hexadecimal digits, lower case`, type: 'string', pattern: pattern.source });
};
export const bytes32 = hex(32);
/** r, s and v. */
export const signature = hex(65);
/** Unix time in seconds, as uint40 holds it. */
export const seconds = z.int().min(0).max(2 ** 40 - 1);
