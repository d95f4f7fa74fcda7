// What services read from the environment: schemas that parse it, say what each variable means, and name the variable that is wrong. Only
// main files give it. What is secret is read apart from the rest, so that nothing that prints a configuration can print a secret.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { assertProductionArtifacts, type Manifest } from '#circuits';
import { parseDeployment, type Deployment } from '#contracts';
import { HealthpassError, parseJson } from '#passport';
import type { DatabasePlace } from './database/database.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of a program: what may be shown, and what is secret. A secret may stand in a file that NAME_FILE names instead. */
export type Variables<C extends z.ZodObject = z.ZodObject, S extends z.ZodObject = z.ZodObject> = { readonly config: C; readonly secrets: S };

export type Settings<V extends Variables> = { readonly config: z.output<V['config']>; readonly secrets: z.output<V['secrets']> };

/**
 * Reads the variables of a program; an empty one counts as not set.
 * @throws HealthpassError `configuration-invalid`, naming the variable and what is wrong with it, never its value
 */
export async function readSettings<V extends Variables>(environment: Environment, variables: V): Promise<Settings<V>> {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''));
  return { config: parse(variables.config, set), secrets: parse(variables.secrets, await withFiles(variables.secrets, set)) } as Settings<V>; // each by its own schema
}

function parse(schema: z.ZodObject, environment: Environment): unknown {
  const parsed = schema.safeParse(environment);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  const name = String(path[0]);
  throw invalid(name, environment[name] === undefined ? 'is needed and not set' : message);
}

async function withFiles(schema: z.ZodObject, environment: Environment): Promise<Environment> {
  const read = await Promise.all(Object.keys(schema.shape).map(async (name) => {
    const file = environment[`${name}_FILE`];
    if (file === undefined) return [];
    if (environment[name] !== undefined) throw invalid(name, `is set, and ${name}_FILE besides`);
    const text = await readFile(file, 'utf8').catch(() => { throw invalid(`${name}_FILE`, 'names a file that cannot be read'); });
    return [[name, text.trim()] as const];
  }));
  return { ...environment, ...Object.fromEntries(read.flat()) };
}

/** Names that look like variables of ours and are read by none of these programs: mistyped, most likely. */
export function unknownVariables(environment: Environment, programs: readonly Variables[], besides: readonly string[] = []): string[] {
  const known = new Set([...besides.flatMap((name) => [name, `${name}_FILE`]), ...programs.flatMap(({ config, secrets }) => [...Object.keys(config.shape), ...Object.keys(secrets.shape).flatMap((name) => [name, `${name}_FILE`])])]);
  return Object.keys(environment).filter((name) => name.startsWith('HEALTHPASS_') && !known.has(name)).toSorted();
}

export type ArtifactRules = { readonly HEALTHPASS_MODE: Mode; readonly HEALTHPASS_ALLOW_DEVELOPMENT_KEYS?: 'yes' | undefined };
export const MODES = ['development', 'production'] as const;
export type Mode = (typeof MODES)[number];

/** Refuses the shipped development keys in production, unless that is allowed by name. @throws HealthpassError `development-keys` */
export const assertArtifactsFor = ({ HEALTHPASS_MODE: mode, HEALTHPASS_ALLOW_DEVELOPMENT_KEYS: allow }: ArtifactRules, manifest: Manifest): void =>
  assertProductionArtifacts(manifest, { production: mode === 'production', allowDevelopment: allow === 'yes' });

/** In production whoever is on the way could change what is served without TLS. @throws HealthpassError `configuration-invalid` */
export function assertPublicUrl(mode: Mode, name: string, url: string): void {
  if (mode === 'production' && !url.startsWith('https://')) throw invalid(name, 'is no https URL, which production needs');
}

/** PostgreSQL where DATABASE_URL is set, a folder otherwise. */
export const databasePlace = ({ DATABASE_URL: url }: { readonly DATABASE_URL?: string | undefined }, schema: string, folder: string): DatabasePlace =>
  (url === undefined ? folder : { url, schema });

/** The file that says where the contracts are. @throws HealthpassError `configuration-invalid` */
export async function readDeployment(file: string): Promise<Deployment> {
  const bytes = await readFile(file).catch(() => {
    throw invalid('HEALTHPASS_DEPLOYMENT', 'names a file that cannot be read');
  });
  return parseDeployment(parseJson(bytes));
}

const invalid = (name: string, what: string) => new HealthpassError('configuration-invalid', `${name} ${what}`, { field: name });
