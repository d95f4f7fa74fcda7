// The screen stays on while the scanner is looked at. Where the browser cannot do that, the device's own settings decide.

export async function keepAwake(): Promise<void> {
  const request = async () => {
    if (document.visibilityState === 'visible') await navigator.wakeLock?.request('screen').catch(() => undefined);
  };
  document.addEventListener('visibilitychange', () => void request()); // it is given back with the page out of sight
  await request();
}
