// Two plain pages for people: to join by an invitation, and to sign in. From there they go on to the pages that the service has for them.
import { readFileSync } from 'node:fs';
import { html } from 'hono/html';
import { PAGE_STYLE } from '../http/page-style.ts';
import { route, type Route } from '../http/route.ts';
import type { AccessParts } from './parts.ts';

const SCRIPT = readFileSync(new URL('page/staff.js', import.meta.url), 'utf8');
const PAGES = {
  '/staff/join': { title: 'Join', says: 'You were invited. Your device makes a passkey for you; it stays with you, and you sign in with it from now on.', button: 'Register a passkey' },
  '/staff/sign-in': { title: 'Sign in', says: 'With the passkey that you registered.', button: 'Sign in' },
};

export const pageRoutes = ({ relyingParty, home = '' }: AccessParts): Route[] => [
  ...Object.entries(PAGES).map(([path, { title, says, button }]) => route({
    method: 'get', path, summary: `Show the page: ${title.toLowerCase()}`, tag: 'signing in', permission: null, surface: 'page', answers: { 200: { description: 'The page', mediaType: 'text/html' } },
    run: ({ context }) => context.html(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} – ${relyingParty.name}</title><link rel="stylesheet" href="/staff/page.css"></head>
<body data-home="${home}">
<main><h1>${relyingParty.name}</h1><p>${says}</p><button type="button">${button}</button><p role="status"></p><noscript>Passkeys need JavaScript.</noscript></main>
<script type="module" src="/staff/page.js"></script>
</body>
</html>`),
  })),
  route({
    method: 'get', path: '/staff/page.css', summary: 'Give the style of these pages', tag: 'signing in', permission: null, surface: 'page', answers: { 200: { description: 'The style', mediaType: 'text/css' } },
    run: ({ context }) => context.body(PAGE_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }),
  }),
  route({
    method: 'get', path: '/staff/page.js', summary: 'Give the script of these pages', tag: 'signing in', permission: null, surface: 'page', answers: { 200: { description: 'The script', mediaType: 'text/javascript' } },
    run: ({ context }) => context.body(SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  }),
];
