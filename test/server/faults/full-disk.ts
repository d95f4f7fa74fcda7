// A process whose disk fills up under its database and is emptied again. Arguments: the folder; how many writes still find room. It says as
// JSON what its database answered. The disk is Node's: every write of the engine goes through it.
import fs from 'node:fs';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { isHealthpassError } from '#passport';
import { openDatabase } from '#server';

const [folder, room] = process.argv.slice(2) as [string, string];
const MOST = 5000;
const told = (error: unknown): string => (isHealthpassError(error) ? `${error.code} ${error.field}` : String(error));

let left = Infinity;
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', errno: -28 });
const [writeSync, writeFile] = [fs.writeSync, files.writeFile];
fs.writeSync = ((...parameters: Parameters<typeof writeSync>) => {
  if (left-- <= 0) throw full();
  return writeSync(...parameters);
}) as typeof fs.writeSync; // its overloads
files.writeFile = async (...parameters) => {
  if (left <= 0) throw full();
  return writeFile(...parameters);
};
syncBuiltinESMExports();

const database = await openDatabase(folder, [{ name: 'line', sql: 'CREATE TABLE line (number int PRIMARY KEY, text text NOT NULL)' }]);
let [next, acknowledged] = [0, 0];
/** Two rows in one transaction. */
const write = () => database.transaction(async (tx) => {
  for (let i = 0; i < 2; i++) await tx.query("INSERT INTO line VALUES ($1, repeat('x', 3000))", [next++]);
});
const attempt = () => write().then(() => (acknowledged++, 'written'), told);
const count = () => database.query<{ lines: number }>('SELECT count(*)::int8 AS lines FROM line').then(([row]) => row!.lines, told);

for (let i = 0; i < 3; i++) await attempt();
left = Number(room);
let answer = 'written';
for (let i = 0; i < MOST && answer === 'written'; i++) answer = await attempt();
// Several ask at once while the disk is full: each is told, nobody waits for ever.
const meanwhile = await Promise.all([attempt(), attempt(), attempt()]);
left = Infinity;
const afterwards = [await count(), await attempt(), await count()];
await database.close();
process.stdout.write(JSON.stringify({ answer, meanwhile, afterwards, acknowledged }));
