// Whom openly shown certificates are of, for staff to compare with a document. A pass names nobody.
import type { Shown } from '#passport';
import { eventOf, type OpenClaims } from '#formats/credential/index.ts';

export type ShownPerson = { readonly name: string; readonly birthDate: string | undefined };

/** Each person once. */
export function personsOf(shown: Shown): readonly ShownPerson[] {
  const persons = openClaims(shown).flatMap((claims) => {
    const person = eventOf(claims).person;
    const name = person ? [...person.given, person.family].filter((part) => part !== '').join(' ') : '';
    return person && name !== '' ? [{ name, birthDate: person.birthDate }] : [];
  });
  return [...new Map(persons.map((person) => [JSON.stringify(person), person])).values()];
}

function openClaims(shown: Shown): readonly OpenClaims[] {
  if (shown.form === 'pass') return [];
  return shown.form === 'vp-jwt' ? shown.credentials.flatMap(openClaims) : [shown.claims as OpenClaims]; // the readers of both forms put OpenClaims there
}
