// The cards of a person, as they stand now, and what there is to be warned of.
import { eventOf } from '#formats/credential/index.ts';
import { readJws } from '#formats/credential/jws.ts';
import { parseVcPayload } from '#formats/vc-jwt/payload.ts';
import { VC_JWT_FORM } from '#formats/vc-jwt/verify.ts';
import { HealthpassError, toUnixSeconds, type HealthEvent, type IssuedCredential, type TrustState, type UnixSeconds } from '#passport';
import type { HeldCredential } from '#wallet/records.ts';
import { standingOfCredential, type Standing } from '#wallet/standing.ts';
import type { Alert, Card } from './states.ts';

/** Seconds before its end at which a credential is about to expire, and the part of its time in the wallet, whichever is less. */
const EXPIRING = { seconds: 14 * 86_400, part: 0.2 };

export function cardOf(person: string, { issued, receivedAt }: HeldCredential, trust: TrustState | undefined, now: UnixSeconds): Card {
  const standing = standingOfCredential(issued, trust, now);
  const kind = alertOf(standing, receivedAt, now);
  return {
    id: issued.id, person, event: recordedEvent(issued), standing, receivedAt, isBeingRenewed: standing.signature === 'superseded' && standing.good,
    alert: kind && { kind, person, credential: issued.id, at: kind === 'expired' || kind === 'expiring' ? standing.validUntil : undefined },
  };
}

/** The most recent event first. */
export const cardsOf = (person: string, held: readonly HeldCredential[], trust: TrustState | undefined, now: UnixSeconds): Card[] =>
  held.map((credential) => cardOf(person, credential, trust, now)).toSorted((a, b) => b.event.time - a.event.time || b.receivedAt - a.receivedAt);

/** What a credential says openly. It was compared with its claims when it was received. @throws HealthpassError `jwt-malformed` */
export function recordedEvent({ vcJwt, claims }: Pick<IssuedCredential, 'vcJwt' | 'claims'>): HealthEvent {
  const payload = parseVcPayload(readJws(vcJwt, VC_JWT_FORM).payload);
  if (!payload) throw new HealthpassError('jwt-malformed', 'the credential cannot be read', { field: 'vcJwt' });
  const { disease, product, dose, series, test, result, country } = claims;
  return { disease, product, dose, series, test, result, country, time: toUnixSeconds(claims.eventTime), lot: undefined, performer: undefined, person: undefined, ...eventOf(payload.claims) };
}

function alertOf({ status, issuer, validUntil }: Standing, receivedAt: UnixSeconds, now: UnixSeconds): Alert['kind'] | undefined {
  if (status === 'revoked' || status === 'suspended') return status;
  if (issuer === 'removed' || issuer === 'suspended') return `issuer-${issuer}`;
  if (status === 'expired') return status;
  return validUntil - now < Math.min(EXPIRING.seconds, EXPIRING.part * (validUntil - receivedAt)) ? 'expiring' : undefined;
}
