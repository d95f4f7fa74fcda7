// A pass text as a PNG image of its code, as the wallet's own code is: alphanumeric, error correction M, quiet zone.
import { toBuffer } from 'qrcode';
import { QUIET_ZONE } from '#wallet/code.ts';

/** Pixels a module: enough for a camera at arm's length, small enough for a message. */
const SCALE = 6;

export const codeToPng = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await toBuffer([{ data: text, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M', margin: QUIET_ZONE, scale: SCALE, type: 'png' }));
