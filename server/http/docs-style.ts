// How the description of a service looks: a page of ours, without a script and without anything from elsewhere.
export const DOCS_STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #fff; --shade: #f6f8fa; --link: #0550ae; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9ea7b3; --line: #30363d; --paper: #0d1117; --shade: #161b22; --link: #79b8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; color: var(--ink); background: var(--paper); font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--paper); }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-size: 1.4rem; margin: 2.5rem 0 .25rem; padding-top: 1rem; border-top: 1px solid var(--line); text-transform: capitalize; }
h3 { font-size: 1.05rem; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: .95rem; margin: 1rem 0 .25rem; }
p { margin: .25rem 0; max-width: 45rem; }
code { font: .92em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
nav ul { list-style: none; margin: 0; padding: 0; columns: 20rem; column-gap: 2rem; }
nav p { margin-top: 1rem; font-weight: 600; text-transform: capitalize; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
nav li { break-inside: avoid; padding: .15rem 0; }
article { margin: 1rem 0; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem; }
.method { display: inline-block; min-width: 3.6rem; font-weight: 700; }
.asks { color: var(--soft); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; min-width: 32rem; table-layout: fixed; font-size: .95rem; }
caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { overflow-wrap: anywhere; text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
tr > :first-child { width: 30%; }
thead th { font-weight: 600; color: var(--soft); }
tbody th { font-weight: 400; }
summary { cursor: pointer; padding: .25rem 0; }
@media print { body { max-width: none; } article { break-inside: avoid; } }
`;
