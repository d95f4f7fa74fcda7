// Where an event took place and which institution performed it, as far as the record or what it refers to says so.
import { countryCode } from '#passport/codes/index.ts';
import { child, children, text, type Element } from './element.ts';
import { resolve, type Context } from './context.ts';

export type Place = { readonly country: string; readonly performer: string | undefined };

/** `performers`: References to who performed it, in the resource's own order. */
export function placeOf(resource: Element, performers: readonly (Element | undefined)[], context: Context): Place {
  const follow = (reference: Element | undefined) => resolve(reference, resource, context);
  const encounter = follow(child(resource, 'encounter'));
  const provider = encounter && child(encounter, 'serviceProvider');
  const institutions = [...performers, provider].map((reference) => ({ reference, target: follow(reference) }));
  const locations = [follow(child(resource, 'location')), ...(encounter ? children(encounter, 'location').map((item) => follow(child(item, 'location'))) : [])];
  const addresses = [
    ...locations.map((location) => location && child(location, 'address')),
    ...institutions.flatMap(({ target }) => (target && isType(target, 'Organization') ? children(target, 'address') : [])),
  ];
  return {
    country: addresses.map((address) => countryCode((address && text(address, 'country')) ?? '')).find((code) => code !== undefined) ?? '',
    performer: institutions.map(({ reference, target }) => institutionName(reference, target)).find((name) => name !== undefined),
  };
}

const isType = (resource: Element, type: string) => resource.value['resourceType'] === type;

/** Names of institutions only: who of the staff gave the dose is nobody's business at a border. */
function institutionName(reference: Element | undefined, target: Element | undefined): string | undefined {
  if (!reference || (target && !isType(target, 'Organization'))) return undefined;
  if (target) return text(target, 'name', 200) ?? text(reference, 'display', 200);
  return /Practitioner|RelatedPerson|Patient/.test(text(reference, 'reference') ?? text(reference, 'type') ?? '') ? undefined : text(reference, 'display', 200);
}
