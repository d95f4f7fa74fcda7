// What services read from the environment, in one place. Only main files call this.
import { readFile } from 'node:fs/promises';
import { assertProductionArtifacts, type Manifest } from '#circuits';
import { parseDeployment, type Deployment } from '#contracts';
import { HealthpassError, parseJson } from '#passport';
import type { DatabasePlace } from './database/database.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export const MODES = ['development', 'production'] as const;
export type Mode = (typeof MODES)[number];

/** HEALTHPASS_MODE; development unless it says otherwise. @throws HealthpassError `configuration-invalid` */
export function modeOf(environment: Environment): Mode {
  const text = environment['HEALTHPASS_MODE'] ?? 'development';
  const mode = MODES.find((known) => known === text);
  if (!mode) throw invalid('HEALTHPASS_MODE', 'is neither development nor production');
  return mode;
}

/**
 * Refuses the shipped development keys in production, unless HEALTHPASS_ALLOW_DEVELOPMENT_KEYS says yes.
 * @throws HealthpassError `development-keys`
 */
export function assertArtifactsFor(environment: Environment, manifest: Manifest): void {
  const allow = environment['HEALTHPASS_ALLOW_DEVELOPMENT_KEYS'];
  if (allow !== undefined && allow !== 'yes') throw invalid('HEALTHPASS_ALLOW_DEVELOPMENT_KEYS', 'can only be yes');
  assertProductionArtifacts(manifest, { production: modeOf(environment) === 'production', allowDevelopment: allow === 'yes' });
}

/** A whole number from the environment. @throws HealthpassError `configuration-invalid` */
export function wholeNumber(environment: Environment, name: string, standard: number, most = 65_535): number {
  const text = environment[name];
  if (text === undefined) return standard;
  if (!/^\d{1,10}$/.test(text) || Number(text) > most) throw invalid(name, `is no whole number from 0 to ${most}`);
  return Number(text);
}

/** HEALTHPASS_RPC: one or several JSON-RPC URLs, separated by commas. @throws HealthpassError `configuration-invalid` */
export function endpointsFrom(environment: Environment): string[] {
  const urls = urlsFrom(environment, 'HEALTHPASS_RPC');
  if (urls.length === 0) throw invalid('HEALTHPASS_RPC', 'names no URL of a chain endpoint');
  return urls;
}

/** URLs separated by commas; none where nothing is set. @throws HealthpassError `configuration-invalid` */
export function urlsFrom(environment: Environment, name: string): string[] {
  const urls = (environment[name] ?? '').split(',').map((url) => url.trim()).filter(Boolean);
  if (!urls.every((url) => /^https?:/.test(url) && URL.canParse(url))) throw invalid(name, 'holds something that is no http URL');
  return urls;
}

/** DATABASE_URL: PostgreSQL instead of the folder. @throws HealthpassError `configuration-invalid` */
export function databaseFrom(environment: Environment, schema: string, folder: string): DatabasePlace {
  const url = environment['DATABASE_URL'];
  if (url === undefined) return folder;
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) throw invalid('DATABASE_URL', 'is no postgres URL');
  return { url, schema };
}

/** HEALTHPASS_DEPLOYMENT: the file that says where the contracts are. @throws HealthpassError `configuration-invalid` */
export async function deploymentFrom(environment: Environment): Promise<Deployment> {
  const file = environment['HEALTHPASS_DEPLOYMENT'];
  if (!file) throw invalid('HEALTHPASS_DEPLOYMENT', 'names no file');
  const bytes = await readFile(file).catch(() => {
    throw invalid('HEALTHPASS_DEPLOYMENT', 'names a file that cannot be read');
  });
  return parseDeployment(parseJson(bytes));
}

const invalid = (name: string, what: string) => new HealthpassError('configuration-invalid', `${name} ${what}`, { field: name });
