// The issuer's JSON service, as the command line and its wallet speak to it.
import type { DataFolder } from '#network/folder.ts';
import type { IssuerSource } from '#wallet';
import { serviceClient, type ServiceClient } from './service-client.ts';

export type IssuerClient = IssuerSource & Pick<ServiceClient, 'get' | 'post'>;

/** @throws HealthpassError `service-unavailable`, and whatever code the service answers */
export async function issuerClient(folder: DataFolder): Promise<IssuerClient> {
  const { read, post } = await serviceClient(folder, 'issuer');
  return { get: read, post, resignatures: (_issuer, list, block) => read(`/resignatures/${list}/${block}`) };
}
