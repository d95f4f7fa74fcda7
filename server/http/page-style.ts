// How the few pages look that services show by themselves: one thing on a page, large, in high contrast, without anything from elsewhere; in
// the colours of the apps (faces/look/tokens.css), which these pages lead to.
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #10181d; --soft: #45525a; --paper: #fff; --accent: #064e63; --on-accent: #fff; --wrong: #9c1c13; --focus: #10181d; --focus-ground: #ffd43b; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef2f4; --soft: #b7c2c8; --paper: #0e1418; --accent: #7fd0e6; --on-accent: #06222b; --wrong: #ffaea6; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 32rem; padding: 0 1rem; color: var(--ink); background: var(--paper); font: 1.125rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; }
label { display: block; font-weight: 600; }
input { width: 10ch; padding: .5rem; border: 2px solid var(--soft); border-radius: .375rem; color: inherit; background: var(--paper); font: inherit; font-size: 1.5rem; letter-spacing: .2em; }
button { min-height: 2.75rem; margin-top: 1rem; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: .375rem; color: var(--on-accent); background: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button + button { color: var(--accent); background: var(--paper); }
button:disabled { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--focus); box-shadow: 0 0 0 6px var(--focus-ground); }
[role="status"] { min-height: 1.5em; font-weight: 600; }
.wrong { color: var(--wrong); font-weight: 600; }
`;
