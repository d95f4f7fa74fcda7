// The link or code that a verifier shows: who asks, and where the signed request is fetched. What else stands in it is not believed.
import { invalid, originOf, readParameters } from './platform.ts';

export type PresentationLink = { readonly clientId: string; readonly requestUri: string; readonly method: 'get' | 'post' };

const SCHEMES = /^(?:openid4vp|haip-vp|haip):\/\/[^?#]*\?([^#]*)$/;

/** @throws HealthpassError `request-invalid`; also for a request that is not passed by reference, which could not be signed */
export function parsePresentationLink(text: string, { development = false }: { readonly development?: boolean } = {}): PresentationLink {
  const query = text.length <= 4000 ? SCHEMES.exec(text)?.[1] : undefined;
  if (query === undefined) throw invalid('link');
  const parameters = readParameters(query);
  const [clientId, requestUri, method = 'get'] = ['client_id', 'request_uri', 'request_uri_method'].map((name) => parameters.get(name));
  if (!clientId || clientId.length > 500) throw invalid('client_id');
  if (requestUri === undefined) throw invalid('request_uri');
  originOf(requestUri, 'request_uri', development);
  if (method !== 'get' && method !== 'post') throw invalid('request_uri_method');
  return { clientId, requestUri, method };
}
