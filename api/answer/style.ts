import { createHash } from 'node:crypto'
import { VERDICTS } from '../../domain/vocabulary.js'
import type { SafeHtml } from '../../notifications/html.js'

/** The answer that is chosen stands beside the button. */
const PICKED = VERDICTS.map(
  (verdict) => `form:has([value=${verdict}]:checked) .of-${verdict} { display: inline; }`,
).join('\n')

/** The page's one stylesheet: light and dark, from 320 px on, text at 4.5:1 or better. */
const CSS = `
:root {
  color-scheme: light dark;
  --ink: #1b2230; --muted: #5b6577; --page: #f1f3f7; --sheet: #fff; --line: #d3d9e4;
  --accent: #1f4fd8; --on-accent: #fff; --chosen: #eaf0ff;
  --ask: #fff6e0; --ask-line: #d97706; --alarm: #b3122f; --alarm-bg: #fde9ec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9edf4; --muted: #a3adbd; --page: #10141b; --sheet: #1a202b; --line: #3b4557;
    --accent: #8fb1ff; --on-accent: #10141b; --chosen: #20304f;
    --ask: #33290f; --ask-line: #d9a21b; --alarm: #ff9aa9; --alarm-bg: #3d141c;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.55 -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', Arial, sans-serif;
}
main { max-width: 680px; margin: 0 auto; padding: 24px 16px 48px; }
header {
  display: flex; justify-content: space-between; gap: 16px; padding: 0 4px 12px; color: var(--muted);
}
header strong { color: var(--ink); }
footer { padding: 16px 4px 0; font-size: 13px; color: var(--muted); }
.sheet {
  padding: 24px 28px 28px; background: var(--sheet); border-top: 4px solid var(--accent);
  border-radius: 10px;
}
h1 { margin: 0 0 4px; font-size: 24px; line-height: 1.3; letter-spacing: -.01em; }
h2 { margin: 26px 0 6px; font-size: 15px; color: var(--muted); }
p { margin: 0 0 12px; }
a { color: var(--accent); }
ul { margin: 0; padding-left: 20px; }
dl { display: grid; grid-template-columns: minmax(110px, 30%) 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; }
.changes { width: 100%; margin: 0 0 18px; border-collapse: collapse; font-size: 15px; }
.changes caption { padding: 0 0 6px; text-align: left; font-weight: 600; color: var(--alarm); }
.changes th, .changes td {
  padding: 6px 10px 6px 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top;
}
.changes th { font-weight: 400; color: var(--muted); }
.title { margin: 0 0 16px; font-size: 18px; font-weight: 600; }
.note, small { font-size: 14px; color: var(--muted); }
.due {
  margin: 18px 0; padding: 12px 16px; background: var(--ask); border-left: 4px solid var(--ask-line);
  border-radius: 4px;
}
.due span { display: block; font-size: 14px; color: var(--muted); }
.said { margin: 16px 0 0; }
.said b { display: block; }
.alarm {
  margin: 18px 0; padding: 12px 16px; background: var(--alarm-bg); color: var(--alarm);
  border-radius: 4px;
}
.alarm p, .alarm ul { margin: 0; }
fieldset { margin: 28px 0 0; padding: 0; border: 0; }
legend { padding: 0; font-size: 18px; font-weight: 600; }
.group { margin: 16px 0 4px; font-size: 14px; font-weight: 600; color: var(--muted); }
.choice {
  display: flex; gap: 12px; align-items: flex-start; margin: 0 0 8px; padding: 12px 14px;
  border: 1px solid var(--line); border-radius: 8px; cursor: pointer;
}
.choice:has(:checked) { border-color: var(--accent); background: var(--chosen); }
.choice:focus-within { outline: 2px solid var(--accent); outline-offset: 2px; }
.choice input {
  flex: none; width: 20px; height: 20px; margin: 2px 0 0; accent-color: var(--accent);
}
.choice b, .choice small { display: block; }
.field + .choice { margin-top: 20px; }
.field { display: block; margin: 20px 0 0; }
.field b, .field small { display: block; }
textarea {
  width: 100%; min-height: 88px; margin-top: 6px; padding: 10px 12px; border: 1px solid var(--line);
  border-radius: 8px; background: var(--sheet); color: var(--ink); font: inherit;
}
textarea:focus { outline: 2px solid var(--accent); outline-offset: 1px; }
button {
  margin: 22px 0 8px; padding: 13px 28px; border: 0; border-radius: 8px; background: var(--accent);
  color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer;
}
button.second { background: none; color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.error { display: block; margin: 4px 0 0; font-size: 14px; font-weight: 600; color: var(--alarm); }
[aria-invalid] { border-color: var(--alarm); }
fieldset[aria-invalid], #cases[aria-invalid] { padding-left: 12px; border-left: 3px solid var(--alarm); }
.alarm a { color: inherit; }
.row { display: flex; gap: 12px; align-items: center; }
.row .choice { flex: 1; min-width: 0; }
.row > a { padding: 8px 4px; }
.ways { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: center; }
.way {
  display: inline-block; padding: 11px 24px; border-radius: 8px; background: var(--accent);
  color: var(--on-accent); font-weight: 600; text-decoration: none;
}
.bar {
  position: sticky; bottom: 0; display: flex; gap: 12px; align-items: center; justify-content: space-between;
  margin: 22px 0 8px; padding: 10px 0 calc(10px + env(safe-area-inset-bottom));
  background: var(--sheet); border-top: 1px solid var(--line);
}
.bar button { flex: none; width: auto; margin: 0; }
.bar a { min-width: 0; padding: 8px 0; font-size: 15px; }
.picked { display: none; }
form:has(#verdict :checked) .none { display: none; }
${PICKED}
html { scroll-padding: 12px 0 96px; }
button:focus-visible, .way:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media (max-width: 480px) {
  main { padding: 12px 0 24px; }
  header, footer { padding-left: 18px; padding-right: 18px; }
  .sheet { padding: 20px 18px 24px; border-radius: 0; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 8px; }
  button { width: 100%; }
  .bar button { padding: 13px 18px; }
}
`

/** In one piece, because the policy below allows exactly these characters between the tags. */
export const STYLE_ELEMENT: SafeHtml = { markup: `<style>${CSS}</style>` }

const HASH = createHash('sha256').update(CSS).digest('base64')

/** Nothing is loaded, nothing is run, nothing frames the page, and its form leads back to us. */
export const CONTENT_SECURITY_POLICY =
  `default-src 'none'; style-src 'sha256-${HASH}'; form-action 'self'; ` +
  "base-uri 'none'; frame-ancestors 'none'"
