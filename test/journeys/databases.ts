// The databases of a network that a test starts, with their tables: as a second start finds them. First starts are for the tests that are about them.
import type { DataFolder } from '#network/folder.ts';
import { NETWORK_ISSUER_MIGRATIONS } from '#network/issuer.ts';
import { RECORDS_MIGRATIONS } from '#records/gateway/parts.ts';
import { VERIFIER_MIGRATIONS } from '#verifier';
import { copyDatabases } from '../server/empty-database.ts';

export async function copyNetworkDatabases(folder: DataFolder, { records = false }: { readonly records?: boolean } = {}): Promise<void> {
  await copyDatabases([folder.issuerDatabase], NETWORK_ISSUER_MIGRATIONS);
  await copyDatabases([folder.verifierDatabase], VERIFIER_MIGRATIONS);
  if (records) await copyDatabases([folder.recordsDatabase], RECORDS_MIGRATIONS);
}
