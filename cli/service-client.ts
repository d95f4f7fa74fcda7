// The JSON services of a network, as the command line speaks to them: in the operator's name.
import { HealthpassError, parseJson, type ErrorCode, ERROR_CODES } from '#passport';
import type { DataFolder } from '#network/folder.ts';
import { readFileIfThere } from '#server';
import { endpointsOf } from './surroundings.ts';

export type Service = 'issuer' | 'verifier';
export type ServiceClient = {
  /** Without the token: what anybody may read. */
  readonly read: (path: string) => Promise<unknown>;
  readonly get: (path: string) => Promise<unknown>;
  readonly post: (path: string, body: unknown) => Promise<unknown>;
  /** Sends a file as it is read. */
  readonly send: (path: string, file: ReadableStream<Uint8Array>) => Promise<unknown>;
  /** What comes as a file, as it comes. */
  readonly download: (path: string, method?: 'GET' | 'POST') => Promise<ReadableStream<Uint8Array>>;
  readonly remove: (path: string) => Promise<unknown>;
};

/** @throws HealthpassError `service-unavailable`, and whatever code the service answers */
export async function serviceClient(folder: DataFolder, service: Service): Promise<ServiceClient> {
  const endpoint = (await endpointsOf(folder))[service];
  const token = await readFileIfThere(folder.issuerToken);
  const authorization: Record<string, string> = token ? { authorization: `Bearer ${Buffer.from(token).toString().trim()}` } : {};
  const ask = async (path: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(new URL(path, endpoint), { ...init, signal: AbortSignal.timeout(600_000) }).catch((cause: unknown) => {
      throw new HealthpassError('service-unavailable', `the ${service} does not answer; is the network running? (npm start)`, { field: service, cause });
    });
    if (!response.ok) throw toError(await jsonOf(response), service);
    return response;
  };
  const call = async (path: string, init: RequestInit): Promise<unknown> => jsonOf(await ask(path, init));
  return {
    read: (path) => call(path, {}),
    get: (path) => call(path, { headers: authorization }),
    post: (path, body) => call(path, { method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(body) }),
    send: (path, body) => call(path, { method: 'POST', headers: authorization, body, duplex: 'half' }),
    download: async (path, method = 'GET') => (await ask(path, { method, headers: authorization })).body!, // these routes answer with one
    remove: (path) => call(path, { method: 'DELETE', headers: authorization }),
  };
}

async function jsonOf(response: Response): Promise<unknown> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  return bytes.length === 0 ? undefined : parseJson(bytes, { maxBytes: 50_000_000 });
}

function toError(body: unknown, service: Service): HealthpassError {
  const { code, title, field } = (typeof body === 'object' && body !== null ? body : {}) as { code?: unknown; title?: unknown; field?: unknown };
  const known = ERROR_CODES.find((candidate): candidate is ErrorCode => candidate === code);
  return new HealthpassError(known ?? 'service-unavailable', typeof title === 'string' ? title : `the ${service} could not answer`, typeof field === 'string' ? { field } : {});
}
