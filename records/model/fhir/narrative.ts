// Narrative: the limited XHTML that FHIR allows (2.4.0; txt-1, txt-2), read without a parser that could run anything. Apps show texts of their own, but a
// record goes to other people's systems, and what is let in here is what they will be given.
const ELEMENTS = new Set(('h1 h2 h3 h4 h5 h6 div p b i tt small big sub sup em strong dfn code samp kbd var cite abbr acronym address blockquote pre br hr ins del span bdo '
  + 'table caption colgroup col thead tfoot tbody tr th td ul ol li dl dt dd a img q').split(' '));
const ATTRIBUTES = new Set(('style class id title lang xml:lang dir xmlns xmlns:xsi accesskey tabindex span width align char charoff valign abbr axis headers scope rowspan colspan cellspacing cellpadding border summary frame rules '
  + 'href name charset type hreflang rel rev src alt longdesc height usemap ismap cite datetime start value shape coords compact nowrap noshade size').split(' '));
const ADDRESSES = new Set(['href', 'src', 'cite', 'longdesc']);
/** What a style fetches with: functions but those of colours and lengths, in letters or spelt otherwise. */
const FETCHING = /(?<!\b(?:rgba?|hsla?|calc))\(|@|\\|&(?!quot;|apos;|amp;)/i;
const VOID = new Set(['br', 'hr', 'img', 'col']);

// White space of XML alone: behind `=`, HTML takes any other for the first character of a value without quotes.
const TAG = /<(\/?)([A-Za-z][A-Za-z0-9]*)((?:[ \t\r\n]+[A-Za-z][\w:.-]*[ \t\r\n]*=[ \t\r\n]*(?:"[^"<]*"|'[^'<]*'))*)[ \t\r\n]*(\/?)>/y;
const ATTRIBUTE = /([A-Za-z][\w:.-]*)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;
/** Where HTML would end a comment before XML does, or XML before HTML. */
const AMBIGUOUS_COMMENT = /^-?>|--|-$/;
/** Only those of XML: a parser that does not know HTML's fails on the others; several are in use all the same. */
const ENTITY = /&(?!(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)/;
const MAX_DEPTH = 64;
const XHTML = 'http://www.w3.org/1999/xhtml';

/** Whether the text is one balanced `div` of the allowed elements and attributes, holding something: no script, no event attribute, no address that runs code. */
export function isSafeNarrative(text: string): boolean {
  const open: string[] = [];
  let content = false;
  let at = 0;
  const xhtml = text.trim();
  while (at < xhtml.length) {
    if (at > 0 && open.length === 0) return false; // after the div is closed
    const next = xhtml.indexOf('<', at);
    if (next !== at) {
      const words = xhtml.slice(at, next < 0 ? xhtml.length : next);
      if (open.length === 0 || ENTITY.test(words) || words.includes(']]>')) return false;
      content ||= words.trim() !== '';
      at += words.length;
      continue;
    }
    if (xhtml.startsWith('<!--', at)) {
      const end = xhtml.indexOf('-->', at + 4);
      if (open.length === 0 || end < 0 || AMBIGUOUS_COMMENT.test(xhtml.slice(at + 4, end))) return false;
      at = end + 3;
      continue;
    }
    TAG.lastIndex = at;
    const tag = TAG.exec(xhtml);
    if (!tag) return false;
    const [whole, closing, name, attributes, empty] = tag as unknown as [string, string, string, string, string]; // the pattern has four groups
    if (closing ? attributes !== '' || empty !== '' || open.pop() !== name : !mayOpen(name, attributes, open)) return false;
    if (!closing && !empty) open.push(name);
    content ||= name === 'img';
    at += whole.length;
  }
  return open.length === 0 && content;
}

function mayOpen(name: string, attributes: string, open: readonly string[]): boolean {
  if (!ELEMENTS.has(name) || open.length >= MAX_DEPTH || (open.length === 0 && name !== 'div') || VOID.has(open.at(-1) ?? '')) return false;
  for (const [, attribute, double, single] of attributes.matchAll(ATTRIBUTE)) {
    const value = (double ?? single ?? '').trim();
    if (!ATTRIBUTES.has(attribute!) || ENTITY.test(value) || (attribute === 'xmlns' && value !== XHTML)) return false;
    if (ADDRESSES.has(attribute!) && !isHarmlessAddress(attribute!, value)) return false;
    if (attribute === 'style' && FETCHING.test(value)) return false;
  }
  return true;
}

/** Characters written as entities could spell another scheme than is seen, so none are taken before the first colon. */
function isHarmlessAddress(attribute: string, value: string): boolean {
  const scheme = /^([^/?#]*):/.exec(value)?.[1]?.toLowerCase();
  if (/^[^/?#]*&/.test(value)) return false;
  if (scheme === undefined) return true;
  return attribute !== 'src' ? ['http', 'https', 'mailto', 'tel', 'urn'].includes(scheme) : scheme === 'http' || scheme === 'https' || (scheme === 'data' && /^data:image\/(png|jpeg|gif);/i.test(value));
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char]!);

/** A narrative of one paragraph a line. */
export const narrativeOf = (lines: readonly string[]): { readonly status: 'generated'; readonly div: string } =>
  ({ status: 'generated', div: `<div xmlns="${XHTML}">${lines.map((line) => `<p>${escapeXml(line)}</p>`).join('')}</div>` });
