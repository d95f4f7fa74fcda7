// What a wallet asks to be authorised for: by scope, by authorization_details, or everything that was offered.
import { z } from 'zod';
import { ProtocolError } from '#server';
import { configurationById, configurationId, FORMATS, identifierOf, parseIdentifier } from './configurations.ts';
import type { OfferItem } from './offer-book.ts';
import type { Grants } from './tokens.ts';

const detailsSchema = z.array(z.looseObject({ type: z.literal('openid_credential'), credential_configuration_id: z.string() })).min(1).max(50);

export type AskedFor = { readonly scope?: string | undefined; readonly authorization_details?: string | undefined };
type Asked = Pick<Grants, 'identifiers' | 'named'>;

/** @throws ProtocolError `invalid_scope`, `invalid_authorization_details` for what is unknown or was not offered */
export function readAsked({ scope, authorization_details: details }: AskedFor, items: readonly OfferItem[]): Asked {
  const offered = items.flatMap(({ kind, position }) => FORMATS.map((format) => identifierOf(configurationId(kind, format), position)));
  const of = (configuration: string) => offered.filter((identifier) => parseIdentifier(identifier)!.configuration.id === configuration); // made above
  if (details !== undefined) return { identifiers: pick(readDetails(details), of, 'invalid_authorization_details'), named: true };
  const identifiers = scope === undefined ? offered : pick(scope.split(' ').filter(Boolean), of, 'invalid_scope');
  // Without names, a wallet can ask for one event of a configuration only.
  return { identifiers, named: new Set(identifiers.map((identifier) => parseIdentifier(identifier)!.configuration.id)).size < identifiers.length };
}

function pick(configurations: readonly string[], of: (configuration: string) => string[], error: string): string[] {
  const picked = [...new Set(configurations)].flatMap((id) => {
    const identifiers = configurationById(id) ? of(id) : [];
    if (identifiers.length === 0) throw new ProtocolError(error, 'a credential that is asked for was not offered');
    return identifiers;
  });
  if (picked.length === 0) throw new ProtocolError(error, 'no credential is asked for');
  return picked;
}

function readDetails(text: string): string[] {
  try {
    const parsed = detailsSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data.map((entry) => entry.credential_configuration_id);
  } catch {
    // what is no JSON is refused like what is of another form
  }
  throw new ProtocolError('invalid_authorization_details', 'authorization_details are not as OpenID4VCI writes them');
}

/** `authorization_details` of a token response. */
export function namedDetails(identifiers: readonly string[]): Record<string, unknown>[] {
  const byConfiguration = Map.groupBy(identifiers, (identifier) => parseIdentifier(identifier)!.configuration.id); // of a grant
  return [...byConfiguration].map(([id, names]) => ({ type: 'openid_credential', credential_configuration_id: id, credential_identifiers: names }));
}
