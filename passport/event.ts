// A health event: what happened at a visit, in domain terms, whatever format it came in.
import type { Kind, Result } from './claims.ts';
import type { UnixSeconds } from './time.ts';

/** Who the event is about, as far as the record says. */
export type Person = {
  /** Family name as written; '' when unknown. */
  readonly family: string;
  /** Given names as written, in order. */
  readonly given: readonly string[];
  /** FHIR date: YYYY, YYYY-MM or YYYY-MM-DD. */
  readonly birthDate: string | undefined;
};

/** A vaccination, test or recovery. Codes are resolved against passport/codes. */
export type HealthEvent = {
  readonly kind: Kind;
  /** SNOMED CT identifier of the disease or agent; 0n when the product alone says it. */
  readonly disease: bigint;
  /** Index in the product table (vaccinations). 0 otherwise. */
  readonly product: number;
  readonly dose: number;
  readonly series: number;
  /** When it was given, the sample taken, or the first positive finding. */
  readonly time: UnixSeconds;
  /** Index in the test table (tests). 0 otherwise. */
  readonly test: number;
  readonly result: Result;
  /** ISO 3166-1 alpha-2; '' unknown. */
  readonly country: string;
  /** Lot number of a vaccine, for the disclosable securings only. */
  readonly lot: string | undefined;
  /** Who performed it, for the disclosable securings only. */
  readonly performer: string | undefined;
  readonly person: Person | undefined;
};
