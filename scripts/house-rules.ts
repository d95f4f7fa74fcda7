// Rules that no other tool of the project checks: what may not be written anywhere, and which folder may read the environment.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

type Rule = { readonly name: string; readonly files: RegExp; readonly except?: RegExp; readonly pattern: RegExp };

const RULES: readonly Rule[] = [
  { name: 'no enum', files: /\.ts$/, pattern: /^(export )?(const )?enum /m },
  { name: 'no unfinished work', files: /\.(ts|sol|circom|mjs)$/, except: /^scripts\//, pattern: /\bTODO\b|\bFIXME\b|@ts-ignore|@ts-nocheck/ },
  { name: 'the environment is read in main files only', files: /^(passport|vault|formats|circuits|contracts|server|issuer|verifier|holder-web|records)\/.*\.ts$/, except: /main\.ts$|^circuits\/(ceremony|build|check|mutate)|^contracts\/(build|check|test|forge)/, pattern: /process\.env/ },
  { name: 'no private key in the tree', files: /\.(ts|json|md|sol)$/, pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { name: 'no registry host', files: /.*/, except: /^scripts\/house-rules\.ts$/, pattern: /registry\.npm[j]s\.org|deb\.debian\.org/ },
];

const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n').filter((file) => file && !/\.(wasm|zkey|png|ptau)$/.test(file));
let broken = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const rule of RULES) {
    if (!rule.files.test(file) || rule.except?.test(file) || !rule.pattern.test(text)) continue;
    console.error(`${file}: ${rule.name}`);
    broken++;
  }
}
process.exitCode = broken > 0 ? 1 : 0;
