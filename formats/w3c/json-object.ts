// Objects that came from JSON, before a schema says more of them.
export type JsonObject = { [member: string]: unknown };

export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
