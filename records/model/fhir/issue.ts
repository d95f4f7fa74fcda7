// What is wrong with a resource: where, by which rule, and in words. Never with a value: refusals reach logs and other people's screens.
export type Issue = {
  readonly severity: 'error' | 'warning';
  /** FHIRPath of the element: `Observation.component[0].valueQuantity.unit`. */
  readonly element: string;
  /** `cardinality`, `choice`, `unknown-element`, `type`, `format`, `binding`, `reference-target`, `resource-type`, `full-url`, `document-reference`, `contained-id`, `depth`, or the key of an invariant (`obs-7`). */
  readonly rule: string;
  readonly message: string;
};

/** A resource that was read from JSON; what is inside is checked by `validateResource`. */
export type FhirResource = { readonly resourceType: string; readonly id?: string; readonly [element: string]: unknown };
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
