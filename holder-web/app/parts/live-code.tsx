// The code of a pass on the screen: black on white whatever the theme. It changes every few seconds and is not announced again.
import { useMemo } from 'preact/hooks';
import { QUIET_ZONE, type Code } from '#wallet/code.ts';

function pathOf({ size, isDark }: Code): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && isDark(row, column)) column++;
      if (column > start) runs.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${column - start}v1h-${column - start}z`);
    }
  }
  return runs.join('');
}

export function LiveCode({ code, name }: { readonly code: Code; readonly name: string }) {
  const path = useMemo(() => pathOf(code), [code]);
  const side = code.size + 2 * QUIET_ZONE;
  return (
    <svg class="live-code" viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges" role="img" aria-label={name}>
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
