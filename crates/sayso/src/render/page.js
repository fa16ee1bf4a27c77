"use strict";
// A click on a marked passage shows its statement in the list; j and k, or the arrow keys in the list, go from one to the next.
const links = [...document.querySelectorAll("nav a[data-id]")];
const show = (id, scroll) => {
  document.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
  document.querySelectorAll(`[data-s~="${CSS.escape(id)}"]`).forEach((e) => e.classList.add("on"));
  links.forEach((a) => (a.dataset.id === id ? a.setAttribute("aria-current", "true") : a.removeAttribute("aria-current")));
  const first = document.getElementById(id);
  if (scroll && first) first.scrollIntoView({ block: "center" });
};
const go = (step) => {
  const now = links.findIndex((a) => a.hasAttribute("aria-current"));
  const next = links[Math.min(links.length - 1, Math.max(0, now + step))];
  if (next) { next.focus(); show(next.dataset.id, true); history.replaceState(null, "", "#" + next.dataset.id); }
};
links.forEach((a) => a.addEventListener("click", () => show(a.dataset.id, false)));
document.querySelector("article").addEventListener("click", (e) => {
  const m = e.target.closest("mark[data-s]");
  if (!m || getSelection().toString()) return;
  const id = m.dataset.s.split(" ").pop();
  show(id, false);
  const link = links.find((a) => a.dataset.id === id);
  if (link) link.scrollIntoView({ block: "nearest" });
  history.replaceState(null, "", "#" + id);
});
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const inList = document.activeElement && document.activeElement.closest("nav");
  if (e.key === "j" || (inList && e.key === "ArrowDown")) { e.preventDefault(); go(1); }
  if (e.key === "k" || (inList && e.key === "ArrowUp")) { e.preventDefault(); go(-1); }
});
addEventListener("hashchange", () => show(decodeURIComponent(location.hash.slice(1)), true));
if (location.hash) show(decodeURIComponent(location.hash.slice(1)), true);
