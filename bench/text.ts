// The text of a pass, in characters, and the version of the QR code that holds it at error correction M.
import { createCode } from '#wallet';
import type { Row } from './measure.ts';
import { BINDING, PASS_KINDS, textOf, type Passes } from './passes.ts';
import type { Scene } from './scene.ts';

const MOST = 400;

export function textRows(scene: Scene, passes: Passes): Row[] {
  return PASS_KINDS.flatMap((kind) => [{}, BINDING].map((binding): Row => {
    const text = textOf(scene, passes.of(kind), binding);
    return {
      group: 'text', name: 'audience' in binding ? `${kind}, with audience and challenge` : kind, value: text.length, unit: 'characters',
      note: `QR version ${createCode(text).version} at M`, ...(kind !== 'scope and match' && { target: { atMost: MOST } }),
    };
  }));
}
