// Random secrets, of which only the digest is kept.
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, base64url. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

export const digestOf = (secret: string): Uint8Array => new Uint8Array(createHash('sha256').update(secret).digest());
