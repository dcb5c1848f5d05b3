"""How an archive looks, in light and in dark, and the one script, which nobody needs in order to read."""

CSS = """:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1d1c1a; --soft: #5c5953; --line: #d9d5cc; --link: #0b5c8a }
@media (prefers-color-scheme: dark) {
  :root { --paper: #17181a; --ink: #ecebe8; --soft: #a9a69f; --line: #3a3b3e; --link: #7cc4ef }
}
* { box-sizing: border-box }
html { background: var(--paper); color: var(--ink); overflow-wrap: anywhere }
html { font: 1.0625rem/1.6 system-ui, "Noto Sans", sans-serif }
body { max-width: 44rem; margin: 0 auto; padding: 1.25rem 1.25rem 3rem }
a { color: var(--link); text-underline-offset: 0.15em }
a:focus-visible, input:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; left: -99rem }
.skip:focus { left: 1rem; top: 0.5rem }
header { border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; padding-bottom: 0.75rem }
header p { margin: 0; font-weight: 700; font-size: 1.25rem }
header p a { color: inherit; text-decoration: none }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin: 0.5rem 0 0; padding: 0 }
nav a { display: inline-block; padding: 0.25rem 0 }
nav a[aria-current] { color: inherit; font-weight: 700; text-decoration: none }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.15rem; margin: 2rem 0 0.5rem }
ol.decisions, ul.plain { list-style: none; margin: 0; padding: 0 }
ol.decisions li { border-bottom: 1px solid var(--line); padding: 0.6rem 0 }
time, .soft { color: var(--soft); font-size: 0.9rem }
ol.decisions time { display: block }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid var(--line); padding: 0.5rem 0.75rem 0.5rem 0; text-align: start; vertical-align: top }
th .soft { font-weight: 400 }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0 }
dt { color: var(--soft) }
dd { margin: 0 }
blockquote { border-inline-start: 4px solid var(--line); margin: 0; padding: 0.1rem 0 0.1rem 1rem }
code { font-size: 0.85rem }
details { border-bottom: 1px solid var(--line) }
summary { cursor: pointer; padding: 0.5rem 0; font-weight: 700 }
input { font: inherit; color: inherit; background: transparent; width: 100% }
input { border: 1px solid var(--soft); border-radius: 0.3rem; padding: 0.5rem }
footer { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 0.75rem }
[hidden] { display: none }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: 0.5rem } }
@media print { nav, .skip { display: none } }
"""
SCRIPT = """// Narrows the list of decisions while somebody types. The page reads the same without it.
const box = document.getElementById("filter");
const field = box.querySelector("input");
const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\\p{M}/gu, "");
const said = (item) => plain(item.textContent + " " + item.dataset.words);
const items = [...document.querySelectorAll("ol.decisions li")].map((item) => [item, said(item)]);
box.hidden = false;
field.addEventListener("input", () => {
  const words = plain(field.value).split(/\\s+/).filter(Boolean);
  for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
});
"""
