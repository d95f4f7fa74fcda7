// The QR code of a pass: alphanumeric mode, in which base45 is as dense as it gets, error correction M, a quiet zone of four modules. The
// library is asked for the modules only, so the same code runs wherever the wallet does.
import { create } from 'qrcode';
import { HealthpassError } from '#passport';

export type Code = {
  /** 1 to 40. */
  readonly version: number;
  /** Modules a side, without the quiet zone. */
  readonly size: number;
  readonly isDark: (row: number, column: number) => boolean;
};

/** Modules of white around a code (ISO/IEC 18004). */
export const QUIET_ZONE = 4;
const ALPHANUMERIC = /^[0-9A-Z $%*+\-./:]{1,2000}$/;

/** @throws HealthpassError `text-malformed` for characters that alphanumeric mode does not have, or too many of them */
export function createCode(text: string): Code {
  if (!ALPHANUMERIC.test(text)) throw new HealthpassError('text-malformed', 'the text is not one that a code of passes holds', { field: 'text' });
  const { version, modules } = create([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' });
  return { version, size: modules.size, isDark: (row, column) => modules.get(row, column) === 1 };
}

/** An SVG document: black on white, one path, scalable to any size. */
export function codeToSvg(code: Code): string {
  const side = code.size + 2 * QUIET_ZONE;
  const path = darkRuns(code).map(({ row, column, length }) => `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h${length}v1h-${length}z`).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">`
    + `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${path}"/></svg>\n`;
}

/** Lines for a terminal, two modules high: dark modules in the background's place, so that it reads on dark and light screens alike. */
export function codeToText(code: Code): string {
  const at = (row: number, column: number): boolean =>
    row >= 0 && row < code.size && column >= 0 && column < code.size && code.isDark(row, column);
  const lines: string[] = [];
  for (let row = -QUIET_ZONE; row < code.size + QUIET_ZONE; row += 2) {
    let line = '';
    for (let column = -QUIET_ZONE; column < code.size + QUIET_ZONE; column++) {
      const [upper, lower] = [at(row, column), at(row + 1, column)];
      line += upper ? (lower ? ' ' : '▄') : lower ? '▀' : '█';
    }
    lines.push(`\u001b[97;40m${line}\u001b[0m`);
  }
  return `${lines.join('\n')}\n`;
}

function darkRuns({ size, isDark }: Code): { row: number; column: number; length: number }[] {
  const runs: { row: number; column: number; length: number }[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let length = 0;
      while (column + length < size && isDark(row, column + length)) length++;
      if (length > 0) runs.push({ row, column, length });
      column += length;
    }
  }
  return runs;
}
