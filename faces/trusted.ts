// The one Trusted Types policy of our pages: which scripts a page may start as a worker. Everything else that would turn a string into code is
// refused by the browser (`require-trusted-types-for 'script'`).

type Policy = Pick<TrustedTypePolicy, 'createScriptURL'>;

/** Only scripts of the page's own origin. @throws TypeError for any other */
function ownScript(url: string): string {
  const { origin, href } = new URL(url, document.baseURI);
  if (origin !== location.origin) throw new TypeError('a worker must come from the origin of its page');
  return href;
}

let policy: Policy | undefined;

/** A URL that `new Worker` and `serviceWorker.register` take, in browsers with Trusted Types and in others. @throws TypeError for another origin */
export function scriptUrl(url: string | URL): string | URL {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypePolicyFactory };
  if (!trustedTypes) return ownScript(String(url));
  policy ??= trustedTypes.createPolicy('healthpass', { createScriptURL: ownScript }) as Policy; // it has what it was given
  return policy.createScriptURL(String(url)) as unknown as string; // what the DOM's types do not know yet
}
