// The variables that programs share: how each is read, what it means, and what holds where it is not set. The table in
// docs/configuration.md is checked against them.
import { z } from 'zod';
import { MODES } from './config.ts';
import { LOG_LEVELS } from './operations/log.ts';

/** `otherwise`: what holds where the variable is not set. */
export const meaning = <T extends z.ZodType>(schema: T, description: string, otherwise: string): T => schema.meta({ description, otherwise });

export const wholeNumber = (most: number) => z.string().regex(/^\d{1,10}$/, `is no whole number from 0 to ${most}`).transform(Number)
  .refine((number) => number <= most, `is no whole number from 0 to ${most}`);
export const portNumber = () => wholeNumber(65_535);
export const oneOf = <const T extends readonly [string, ...string[]]>(...words: T) => z.enum(words, `is none of ${words.join(', ')}`);

const isHttp = (url: string): boolean => /^https?:\/\//.test(url) && URL.canParse(url);
export const httpUrl = () => z.string().refine(isHttp, 'is no http URL').transform((url) => url.replace(/\/+$/, ''));
export const httpUrls = () => z.string().transform((text) => text.split(',').map((url) => url.trim()).filter(Boolean))
  .refine((urls) => urls.every(isHttp), 'holds something that is no http URL');
export const words = () => z.string().transform((text) => text.split(',').map((word) => word.trim()).filter(Boolean));

/** For every service. */
export const COMMON = {
  HEALTHPASS_MODE: meaning(oneOf(...MODES).default('development'), '`development` or `production`; production refuses development keys and public URLs without TLS', '`development`'),
  HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: meaning(z.literal('yes', 'can only be yes').optional(), '`yes` lets production run with development keys all the same; no other value is taken', 'refused'),
  HEALTHPASS_RATE_LIMITS: meaning(oneOf('on', 'off').default('on'), '`off` lifts the limits on how often one caller may ask, for measuring', '`on`'),
  HEALTHPASS_LOG: meaning(oneOf(...LOG_LEVELS).optional(), `least level that is logged: ${LOG_LEVELS.map((level) => `\`${level}\``).join(', ')}`, '`info`; `npm start`: `warn`'),
  HEALTHPASS_METRICS_PORT: meaning(portNumber().optional(), 'loopback port of `GET /metrics` for Prometheus; 0 takes any', 'no metrics'),
  HEALTHPASS_TRACES: meaning(httpUrl().optional(), 'URL to which traces go, as OpenTelemetry (OTLP over HTTP): `http://…/v1/traces`', 'no traces'),
};

/** For services that run by themselves. */
export const STAND_ALONE = {
  HEALTHPASS_RPC: meaning(httpUrls().refine((urls) => urls.length > 0, 'names no URL of a chain endpoint'), 'JSON-RPC URLs of the chain, separated by commas; more than half must agree', 'needed'),
  HEALTHPASS_DEPLOYMENT: meaning(z.string(), 'file that says where the contracts are, as `deployment.json` below', 'needed'),
  HEALTHPASS_LISTEN: meaning(z.union([z.ipv4(), z.ipv6()], 'is no address').default('127.0.0.1'), 'address to listen on; in a container `0.0.0.0`, behind a proxy that speaks TLS', '127.0.0.1'),
  HEALTHPASS_HOSTS: meaning(words().default([]), 'host names, separated by commas, that requests may be addressed to besides the public URL’s', 'none'),
  HEALTHPASS_TRUSTED_PROXIES: meaning(wholeNumber(10).default(0), 'how many proxies of ours stand before the service, each of which appends to `X-Forwarded-For`', '0'),
  HEALTHPASS_DRAIN: meaning(wholeNumber(600).default(10), 'seconds that requests under way have when the service is told to end', '10'),
};

/** What is secret. */
export const SECRETS = {
  DATABASE_URL: meaning(
    z.string().refine((url) => /^postgres(?:ql)?:\/\//.test(url) && URL.canParse(url), 'is no postgres URL').optional(),
    'PostgreSQL (15 or newer) instead of the databases in the data folder, as `postgres://…`; each service has a schema of its own in it, `issuer`, `verifier` and `records`', 'PGlite in the data folder',
  ),
};

/** Every variable that some program of ours reads, so that one program does not take another's for mistyped. */
export const KNOWN_VARIABLES: readonly string[] = [
  ...Object.keys(COMMON), ...Object.keys(STAND_ALONE),
  'HEALTHPASS_DATA', 'HEALTHPASS_SAMPLES', 'HEALTHPASS_RPC_PORT', 'HEALTHPASS_WALLET_PORT', 'HEALTHPASS_WALLET_URL', 'HEALTHPASS_WALLET_MIRRORS', 'HEALTHPASS_WALLET_AUTHORITIES', 'HEALTHPASS_WALLET_RECORDS', 'HEALTHPASS_WALLET_NODE', 'HEALTHPASS_WALLET_RPC', 'HEALTHPASS_WALLET_APP', 'HEALTHPASS_ISSUER_CONSOLE', 'HEALTHPASS_ISSUER_RECORDS', 'HEALTHPASS_VERIFIER_SCANNER', 'HEALTHPASS_ISSUER_PORT', 'HEALTHPASS_ISSUER_URL', 'HEALTHPASS_ISSUER_DATA', 'HEALTHPASS_VERIFIER_PORT', 'HEALTHPASS_VERIFIER_URL',
  'HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY', 'HEALTHPASS_ISSUER_CERTIFICATE_AUTHORITY_KEY', 'HEALTHPASS_VERIFIER_CERTIFICATE_KEY', 'HEALTHPASS_ISSUER_WALLET_ATTESTERS', 'HEALTHPASS_ISSUER_DPOP', 'HEALTHPASS_CERTIFICATE_ROOTS',
  'HEALTHPASS_RECORDS', 'HEALTHPASS_RECORDS_PORT', 'HEALTHPASS_RECORDS_URL', 'HEALTHPASS_RECORDS_DATA', 'HEALTHPASS_RECORDS_CONSOLE', 'HEALTHPASS_RECORDS_STORAGE', 'HEALTHPASS_RECORDS_RPC', 'HEALTHPASS_RECORDS_WALLET', 'HEALTHPASS_CARE_DEPLOYMENT',
  'HEALTHPASS_STORAGE_PORT', 'HEALTHPASS_STORAGE_URL', 'HEALTHPASS_STORAGE_DATA', 'HEALTHPASS_STORAGE_RESERVE',
  'HEALTHPASS_VERIFIER_DATA', 'HEALTHPASS_VERIFIER_NAME', 'HEALTHPASS_VERIFIER_CERTIFICATE', 'HEALTHPASS_ISSUERS', 'HEALTHPASS_GOVERNANCE_DATA', 'HEALTHPASS_PASSPHRASE', 'HEALTHPASS_VECTORS',
];
