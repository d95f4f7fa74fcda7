// What every service stands on.
export { createDatabases, openDatabase, type Database, type Migration, type Migrations, type Queryable, type Row } from './database/database.ts';
export { HTTP_STATUS, problemResponse, type Problem } from './http/problem.ts';
export { ProtocolError, protocolResponse } from './http/protocol-error.ts';
export { readForm, readJson } from './http/body.ts';
export { parseInput } from './http/input.ts';
export { createRouter, route, type Answer, type Route, type RouteInput, type RouterOptions } from './http/route.ts';
export { healthSchema, wholeNumberText } from './http/schemas.ts';
export { listen, type Listening } from './http/listen.ts';
export { PERMISSIONS, type Access, type Permission, type Principal } from './access/access.ts';
export { AUDIT_MIGRATION, recordAudit, type AuditEntry } from './access/audit.ts';
export { createOperatorAccess, NO_ACCESS, tokenDigest } from './access/bearer.ts';
export { createLocalKeyProvider, withPatience, type KeyProvider, type WrappedKey } from './sealing/key-provider.ts';
export { createSealer, newDataKey, openSealer, SEALING_MIGRATION, type Sealer } from './sealing/sealer.ts';
export { readFileIfThere, readJsonFile, secretFile, writeFileAtomic } from './files.ts';
export { assertArtifactsFor, deploymentFrom, endpointsFrom, urlsFrom, modeOf, wholeNumber, MODES, type Environment, type Mode } from './config.ts';
export { tryLock, withLock } from './lock.ts';
