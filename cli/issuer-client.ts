// The issuer's JSON service, as the command line speaks to it.
import { HealthpassError, parseJson, type ErrorCode, ERROR_CODES } from '#passport';
import type { DataFolder } from '#network/folder.ts';
import { readFileIfThere } from '#server';
import type { IssuerSource } from '#wallet';
import { endpointsOf } from './surroundings.ts';

export type IssuerClient = IssuerSource & {
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
};

/** @throws HealthpassError `service-unavailable`, and whatever code the service answers */
export async function issuerClient(folder: DataFolder): Promise<IssuerClient> {
  const { issuer } = await endpointsOf(folder);
  const token = await readFileIfThere(folder.issuerToken);
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const response = await fetch(new URL(path, issuer), { ...init, signal: AbortSignal.timeout(600_000) }).catch((cause: unknown) => {
      throw new HealthpassError('service-unavailable', 'the issuer does not answer; is the network running? (npm start)', { field: 'issuer', cause });
    });
    const body = parseJson(new Uint8Array(await response.arrayBuffer()), { maxBytes: 50_000_000 });
    if (!response.ok) throw toError(body);
    return body;
  };
  const get = (path: string) => call(path, {});
  return {
    get,
    post: (path, body) => call(path, {
      method: 'POST', body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${Buffer.from(token).toString().trim()}` } : {}) },
    }),
    resignatures: (_issuer, list, block) => get(`/resignatures/${list}/${block}`),
  };
}

function toError(body: unknown): HealthpassError {
  const { code, title, field } = (typeof body === 'object' && body !== null ? body : {}) as { code?: unknown; title?: unknown; field?: unknown };
  const known = ERROR_CODES.find((candidate): candidate is ErrorCode => candidate === code);
  return new HealthpassError(known ?? 'service-unavailable', typeof title === 'string' ? title : 'the issuer could not answer', typeof field === 'string' ? { field } : {});
}
