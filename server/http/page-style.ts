// How the few pages look that services show by themselves: one thing on a page, large, in high contrast, without anything from elsewhere.
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ink: #111; --soft: #444; --paper: #fff; --accent: #0b4f9e; --on-accent: #fff; --wrong: #a00000; --focus: #b35900; }
@media (prefers-color-scheme: dark) { :root { --ink: #f2f4f7; --soft: #c3c9d1; --paper: #10151b; --accent: #8cc0ff; --on-accent: #10151b; --wrong: #ff9d9d; --focus: #ffb454; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 32rem; padding: 0 1rem; color: var(--ink); background: var(--paper); font: 1.125rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.75rem; line-height: 1.2; }
label { display: block; font-weight: 600; }
input { width: 10ch; padding: .5rem; border: 2px solid var(--soft); border-radius: .25rem; color: inherit; background: var(--paper); font: inherit; font-size: 1.5rem; letter-spacing: .2em; }
button { min-height: 2.75rem; margin-top: 1rem; padding: .5rem 1.25rem; border: 2px solid var(--accent); border-radius: .25rem; color: var(--on-accent); background: var(--accent); font: inherit; font-weight: 600; cursor: pointer; }
button + button { color: var(--accent); background: var(--paper); }
button:disabled { opacity: .6; cursor: progress; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
[role="status"] { min-height: 1.5em; font-weight: 600; }
.wrong { color: var(--wrong); font-weight: 600; }
`;
