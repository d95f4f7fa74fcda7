// Where a service gets the leaves of issuance anchors: from the services of the issuers that it was told of.
import type { AnchorSource } from '#verifier/checks/index.ts';

/** Asks issuers' services one after the other. It rejects when none has the anchor and one of them is out of reach. */
export function anchorsOfIssuers(urls: readonly string[]): AnchorSource {
  return async (root) => {
    const failures: unknown[] = [];
    for (const url of urls) {
      const response = await fetch(new URL(`/anchors/${root}`, url), { signal: AbortSignal.timeout(10_000) }).catch((error: unknown) => void failures.push(error));
      if (response?.ok) return response.json();
    }
    if (failures.length > 0) throw failures[0];
    return undefined;
  };
}
