// The page at the authorization endpoint: no script, one field, and a policy that lets the browser do nothing else.
import { createHash } from 'node:crypto';
import type { Locale } from '#formats/credential/display.ts';
import { PAGE_STYLE } from '#server';
import { PAGE_WORDS, type PageWords } from './page-words.ts';
import { TX_CODE_LENGTH } from './offers.ts';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

export type Page = { readonly html: string; readonly headers: Readonly<Record<string, string>> };

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

function page(locale: Locale, words: PageWords, body: string, formAction = "'none'"): Page {
  const html = `<!doctype html><html lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escape(words.title)}</title><style>${PAGE_STYLE}</style></head><body><main><h1>${escape(words.title)}</h1>${body}</main></body></html>`;
  return {
    html,
    headers: {
      'content-type': 'text/html; charset=utf-8', 'content-language': locale, 'cache-control': 'no-store',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'; form-action ${formAction}`,
      // With `no-referrer` browsers would hide the origin of the form, by which pages of others are told apart.
      'referrer-policy': 'same-origin',
    },
  };
}

export type CodePage = { readonly locale: Locale; readonly issuer: string; readonly requestUri: string; readonly client: string; readonly redirectUri: string; readonly isWrong: boolean };

export function codePage({ locale, issuer, requestUri, client, redirectUri, isWrong }: CodePage): Page {
  const words = PAGE_WORDS[locale];
  const wrong = isWrong ? `<p class="wrong" id="wrong" role="alert">${escape(words.wrong)}</p>` : '';
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escape(value)}">`;
  const form = `<p><strong>${escape(issuer)}</strong></p><p id="explain">${escape(words.explain)}</p>${wrong}<form method="post">${hidden('request_uri', requestUri)}${hidden('client_id', client)}<label for="code">${escape(words.label)}</label><input id="code" name="tx_code" inputmode="numeric" autocomplete="one-time-code" maxlength="${TX_CODE_LENGTH}" aria-describedby="${isWrong ? 'wrong explain' : 'explain'}"${isWrong ? ' aria-invalid="true"' : ''} autofocus><div><button name="answer" value="agree">${escape(words.agree)}</button> <button name="answer" value="decline">${escape(words.decline)}</button></div></form>`;
  // Browsers hold the answer to a form to this list too, so where it leads is named.
  return page(locale, words, form, `'self' ${sourceOf(redirectUri)}`);
}

export const endedPage = (locale: Locale): Page => page(locale, PAGE_WORDS[locale], `<p role="alert">${escape(PAGE_WORDS[locale].over)}</p>`);

function sourceOf(redirectUri: string): string {
  const { protocol, origin } = new URL(redirectUri);
  return protocol === 'https:' || protocol === 'http:' ? origin : protocol;
}
