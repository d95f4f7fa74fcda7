// npm run build [APP…]: builds the apps that are stale, for `npm start` and for whoever hosts them; `--force` builds them anyway.
import { APP_NAMES, buildFaces, buildFolder, type AppName } from './index.ts';

const args = process.argv.slice(2);
const names = args.filter((arg) => arg !== '--force');
const unknown = names.find((name) => !(APP_NAMES as readonly string[]).includes(name));
if (unknown !== undefined) {
  process.stderr.write(`There is no app named ${JSON.stringify(unknown)}; there are ${APP_NAMES.join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const wanted = names.length > 0 ? (names as AppName[]) : APP_NAMES; // checked above
  const built = await buildFaces(wanted, { force: args.includes('--force') });
  for (const name of wanted) process.stdout.write(`${built.includes(name) ? 'built' : 'as it was'}  ${buildFolder(name)}\n`);
}
