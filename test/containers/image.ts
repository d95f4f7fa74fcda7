// What an image of containers/Containerfile has, read from the file itself: its steps, and a folder with the same files in it.
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const CONTAINERFILE = 'containers/Containerfile';

export type Stage = { readonly name: string; readonly from: string; readonly instructions: readonly (readonly [string, string])[] };

export async function readStages(): Promise<Stage[]> {
  const stages: { name: string; from: string; instructions: (readonly [string, string])[] }[] = [];
  for (const line of (await readFile(join(ROOT, CONTAINERFILE), 'utf8')).split('\n')) {
    const [, instruction, rest] = /^([A-Z]+) (.*)$/.exec(line) ?? [];
    if (instruction === 'FROM') {
      const [from, , name] = rest!.split(' ');
      stages.push({ name: name!, from: from!, instructions: [] });
    } else if (instruction) stages.at(-1)!.instructions.push([instruction, rest!]);
  }
  return stages;
}

/** The steps of an image, those of the stages that it stands on first. */
export function stepsOf(target: string, stages: readonly Stage[]): (readonly [string, string])[] {
  const stage = stages.find(({ name }) => name === target);
  return stage ? [...stepsOf(stage.from, stages), ...stage.instructions] : [];
}

/** Variables that an image sets. */
export const environmentOf = (steps: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(steps.filter(([name]) => name === 'ENV').flatMap(([, rest]) => rest.split(' ').map((pair) => pair.split('=') as [string, string])));

/** From the tree to the image, without what other stages give. */
export const copiesOf = (steps: readonly (readonly [string, string])[]): { readonly from: string; readonly to: string }[] =>
  steps.filter(([name, rest]) => name === 'COPY' && !rest.startsWith('--from')).flatMap(([, rest]) => {
    const words = rest.split(' ');
    const to = words.pop()!;
    return words.map((from) => ({ from, to: to.endsWith('/') ? join(to, from.split('/').at(-1)!) : to }));
  });

/** Puts the files of an image, and nothing else of ours, into a folder; the packages are those that are installed. */
export async function stageImage(target: string, folder: string): Promise<void> {
  const steps = stepsOf(target, await readStages());
  for (const { from, to } of copiesOf(steps)) {
    await mkdir(dirname(join(folder, to)), { recursive: true });
    await cp(join(ROOT, from), join(folder, to === './' ? from : to), { recursive: true });
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}
