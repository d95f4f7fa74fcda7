// The worker threads of ffjavascript's curve: it keeps one curve for the whole realm, and its threads keep a Node process alive.

type SharedCurve = { terminate(): Promise<void> };

/** Ends the curve's threads, if there are any; the next use starts new ones. */
export async function closeCurve(): Promise<void> {
  const shared = globalThis as { curve_bn128?: SharedCurve | null };
  await shared.curve_bn128?.terminate();
  shared.curve_bn128 = null;
}
