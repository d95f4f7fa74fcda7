// What every service stands on.
export { createDatabases, openDatabase, type Database, type Migrations, type Queryable, type Row } from './database.ts';
export { HTTP_STATUS, problemResponse, type Problem } from './problem.ts';
export { readJson } from './body.ts';
export { requireBearer, tokenDigest } from './bearer.ts';
export { readFileIfThere, readJsonFile, secretFile, writeFileAtomic } from './files.ts';
export { parseInput } from './input.ts';
export { assertArtifactsFor, deploymentFrom, endpointsFrom, urlsFrom, modeOf, wholeNumber, MODES, type Environment, type Mode } from './config.ts';
export { listen, type Listening } from './listen.ts';
export { tryLock, withLock } from './lock.ts';
