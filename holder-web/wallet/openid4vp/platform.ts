// What browsers and Node have alike, typed as far as it is used; neither's own types are wanted here.
import { HealthpassError } from '#passport';

type Url = { readonly protocol: string; readonly hostname: string; readonly origin: string; readonly username: string; readonly password: string; readonly hash: string };
declare const URL: { new (text: string): Url; canParse(text: string): boolean };

export type Answered = { readonly status: number; readonly headers: { get(name: string): string | null }; text(): Promise<string> };
/** The platform's fetch. Redirects are errors: they could lead what is sent to another host. */
export type Fetch = (url: string, init: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string; readonly redirect: 'error' }) => Promise<Answered>;

/**
 * The origin of an https address, or in development of one on this machine.
 * @throws HealthpassError `request-invalid`, naming the field
 */
export function originOf(text: unknown, field: string, development: boolean): string {
  const url = typeof text === 'string' && text.length <= 2000 && URL.canParse(text) ? new URL(text) : undefined;
  const isLocal = development && url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (!url || (url.protocol !== 'https:' && !isLocal) || url.username !== '' || url.password !== '' || url.hash !== '') throw invalid(field);
  return url.origin;
}

/** Parameters in the form encoding, each of which may stand once. @throws HealthpassError `request-invalid` */
export function readParameters(query: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const part of query.split('&').filter(Boolean)) {
    const at = part.includes('=') ? part.indexOf('=') : part.length;
    const [name, value] = [part.slice(0, at), part.slice(at + 1)].map(decode) as [string, string]; // as many as went in
    if (parameters.has(name)) throw invalid('parameters');
    parameters.set(name, value);
  }
  return parameters;
}

export const writeParameters = (parameters: Readonly<Record<string, string>>): string =>
  Object.entries(parameters).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw invalid('parameters');
  }
}

export const invalid = (field: string, what = 'a wrong or missing') => new HealthpassError('request-invalid', `the request has ${what} ${field}`, { field });
