// Where npm put the native programs of Foundry. Their npm shims would leave them running when killed.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { HealthpassError } from '#passport/errors.ts';

/** @throws HealthpassError `configuration-invalid` on a machine it was not built for */
export function foundryBinary(program: 'anvil' | 'forge'): string {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const os = process.platform;
  try {
    const shim = createRequire(import.meta.url).resolve(`@foundry-rs/${program}/package.json`);
    const manifest = createRequire(shim).resolve(`@foundry-rs/${program}-${os}-${arch}/package.json`);
    return join(dirname(manifest), 'bin', os === 'win32' ? `${program}.exe` : program);
  } catch (cause) {
    throw new HealthpassError('configuration-invalid', `${program} is not installed for ${os} ${arch}`, { field: program, cause });
  }
}
