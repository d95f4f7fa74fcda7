// How Bee answers: its statuses, its error bodies `{code, message}`, and the headers by which a client asks for things that it has and this
// storage has not.
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { HealthpassError, isHealthpassError, type ErrorCode } from '#passport';
import { isReference, type Reference } from '#records/model/record.ts';

/** Versions of Bee and of its API whose routes are meant here; its client asks for them. */
export const BEE_VERSION = '2.7.0-healthpass';
export const BEE_API_VERSION = '7.3.0';

export const referenceSchema = z.strictObject({ reference: z.string().meta({ description: 'Swarm address, 64 hexadecimal digits' }) });
export const beeErrorSchema = z.strictObject({ code: z.int(), message: z.string() }).meta({ id: 'BeeError', description: 'An error as Bee writes it' });

const STATUS_AND_MESSAGE: Readonly<Partial<Record<ErrorCode, readonly [ContentfulStatusCode, string]>>> = {
  'chunk-unknown': [404, 'Not Found'], 'chunk-invalid': [400, 'invalid chunk'], 'artifact-mismatch': [500, 'chunk read error'], 'request-invalid': [400, 'invalid params'],
  'text-too-long': [413, 'payload too large'], 'status-conflict': [409, 'chunk already exists'], 'storage-full': [507, 'no space left'], 'not-authorised': [401, 'invalid address'],
};

/** Answers as Bee does, also where the answer is an error of ours that Bee has too. */
export async function asBee(context: Context, run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const known = isHealthpassError(error) && STATUS_AND_MESSAGE[error.code];
    if (!known) throw error;
    return context.json({ code: known[0], message: known[1] }, known[0]);
  }
}

/** Redundancy, encryption and access control change what is stored, and the reference with it: whoever asks for them must not be answered as if they had been done. */
const NOT_HERE: Readonly<Record<string, RegExp>> = { 'swarm-encrypt': /^false$/i, 'swarm-act': /^false$/i, 'swarm-redundancy-level': /^0$/ };

/** @throws HealthpassError `request-invalid` */
export function assertPlain(context: Context): void {
  for (const [name, harmless] of Object.entries(NOT_HERE)) {
    const value = context.req.header(name);
    if (value !== undefined && !harmless.test(value)) throw new HealthpassError('request-invalid', `${name} is not offered here`, { field: name });
  }
}

/** @throws HealthpassError `request-invalid` */
export function parseReference(text: string | undefined): Reference {
  const plain = text?.toLowerCase().replace(/^0x/, '');
  if (!isReference(plain)) throw new HealthpassError('request-invalid', 'this is no address', { field: 'reference' });
  return plain;
}
