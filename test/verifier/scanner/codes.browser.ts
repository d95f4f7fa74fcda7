// Codes as pictures, texts and keys: the ways into the scanner beside its camera.
import { toBuffer, type QRCodeSegment } from 'qrcode';
import type { Page } from 'playwright-core';

export const png = (content: string | Uint8Array, options: { readonly inverted?: boolean; readonly version?: number } = {}): Promise<Buffer> => {
  const segments = typeof content === 'string' ? content : [{ data: content, mode: 'byte' } as QRCodeSegment];
  const colour = options.inverted ? { dark: '#ffffff', light: '#000000' } : {};
  return toBuffer(segments, { errorCorrectionLevel: typeof content !== 'string' && content.length > 2000 ? 'L' : 'M', scale: 6, margin: 6, color: colour });
};

export const choosePicture = (page: Page, buffer: Buffer, mimeType = 'image/png'): Promise<void> =>
  page.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType, buffer });

export const paste = (page: Page, text: string): Promise<void> => page.evaluate((pasted) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', pasted);
  document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

/** As a reader does that is a keyboard to the device: keys 4 ms apart by their own times, however busy this machine is. */
export async function typeQuickly(page: Page, ...lines: readonly string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const keys = lines.flatMap((line) => [...line, 'Enter']);
  const begun = Date.now() / 1000;
  await Promise.all(keys.flatMap((key, i) => {
    const text = key === 'Enter' ? '\r' : key;
    const event = { key, timestamp: begun + i * 0.004 };
    return [devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...event }), devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })];
  }));
  await devtools.detach();
}

/** The code of what stands in the way, once something does. */
export async function obstacleOf(page: Page): Promise<string | null> {
  await page.locator('.obstacle[data-code]').waitFor();
  return page.locator('.obstacle').getAttribute('data-code');
}
