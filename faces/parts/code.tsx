// A QR code as one path of an SVG: black on white whatever the theme, with its quiet zone, scalable to any size.
import { useMemo } from 'preact/hooks';
import { create, type QRCodeErrorCorrectionLevel } from 'qrcode';

/** Modules of white around a code (ISO/IEC 18004). */
const QUIET_ZONE = 4;

function pathOf(text: string, level: QRCodeErrorCorrectionLevel): { readonly path: string; readonly side: number } {
  const { modules: { size, data } } = create(text, { errorCorrectionLevel: level });
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const start = column;
      while (column < size && data[row * size + column]) column++;
      if (column > start) runs.push(`M${start + QUIET_ZONE} ${row + QUIET_ZONE}h${column - start}v1h-${column - start}z`);
    }
  }
  return { path: runs.join(''), side: size + 2 * QUIET_ZONE };
}

/** `name` says what it is for whoever does not see it. */
export function Code({ text, name, level = 'M' }: { readonly text: string; readonly name: string; readonly level?: QRCodeErrorCorrectionLevel }) {
  const { path, side } = useMemo(() => pathOf(text, level), [text, level]);
  return (
    <div class="code">
      <svg viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges" role="img" aria-label={name}>
        <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
        <path fill="#000" d={path} />
      </svg>
    </div>
  );
}
