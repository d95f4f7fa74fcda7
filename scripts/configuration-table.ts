// Writes the table of variables in docs/configuration.md from the schemas that read them.
import { readFileSync, writeFileSync } from 'node:fs';
import { withTable } from '#network/configuration-table.ts';

writeFileSync('docs/configuration.md', withTable(readFileSync('docs/configuration.md', 'utf8')));
