// Saves the step of an opening while one types, and brings in text from word processors as Markdown.
// Without script the buttons do the first, and the server does the second.
const PAUSE_MS = 2500;
const form = document.querySelector("form[data-autosave]");

function autosave() {
  const status = form.querySelector("[data-status]");
  let waiting = 0, sending = false, dirty = false;
  async function send() {
    clearTimeout(waiting);
    if (!dirty || sending) return;
    dirty = false;
    sending = true;
    const body = new FormData(form);
    body.set("autosave", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", keepalive: true });
      if (answer.status === 204) {
        form.elements.seen.value = answer.headers.get("X-Seen");
        status.textContent = `${form.dataset.saved} ${new Date().toLocaleTimeString([], { hour: "numeric", minute: "2-digit" })}`;
      } else if (answer.status === 409) {
        status.textContent = form.dataset.clash;
      } else {
        status.textContent = answer.status === 401 || answer.type === "opaqueredirect" ? form.dataset.lost : form.dataset.failed;
      }
    } catch {
      dirty = true;
      status.textContent = form.dataset.failed;
    }
    sending = false;
    if (dirty) waiting = setTimeout(send, PAUSE_MS * 4);
  }
  function later() {
    dirty = true;
    clearTimeout(waiting);
    waiting = setTimeout(send, PAUSE_MS);
  }
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => { dirty = false; clearTimeout(waiting); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
}

// --- Paste -------------------------------------------------------------------------------------
const BLOCKS = new Set(["P", "DIV", "TR", "BLOCKQUOTE", "SECTION", "ARTICLE"]);
const LEFT_OUT = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "XML", "TEMPLATE"]);
const plain = (text) => text.replace(/[\s\u00a0]+/g, " ").replace(/([\\`*_[\]<>])/g, "\\$1");

const stressed = (words) => words.replace(/^(\s*)([^]*?)(\s*)$/, "$1**$2**$3");

function inline(node) {
  let words = "";
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) words += plain(child.data);
    else if (child.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(child.tagName)) continue;
    else if (child.tagName === "BR") words += "\n";
    else if (/^(UL|OL)$/.test(child.tagName)) continue;
    else if (/^(B|STRONG)$/.test(child.tagName) && child.textContent.trim() && child.style.fontWeight !== "normal") words += stressed(inline(child));
    else words += inline(child);
  }
  return words;
}

function blocks(node, depth, out) {
  let loose = "";
  const flush = () => { if (loose.trim()) out.push(loose.trim()); loose = ""; };
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) { loose += plain(child.data); continue; }
    if (child.nodeType !== Node.ELEMENT_NODE || LEFT_OUT.has(child.tagName)) continue;
    if (/^H[1-6]$/.test(child.tagName)) { flush(); if (child.textContent.trim()) out.push(`### ${inline(child).replace(/\*\*/g, "").trim()}`); }
    else if (/^(UL|OL)$/.test(child.tagName)) { flush(); out.push(list(child, depth)); }
    else if (BLOCKS.has(child.tagName) || child.querySelector?.("p,div,ul,ol,h1,h2,h3,h4,h5,h6")) { flush(); blocks(child, depth, out); }
    else if (child.tagName === "BR") loose += "\n";
    else { const holder = document.implementation.createHTMLDocument("").body; holder.append(child.cloneNode(true)); loose += inline(holder); }
  }
  flush();
}

function list(node, depth) {
  const lines = [];
  let number = 0;
  for (const item of node.children) {
    if (/^(UL|OL)$/.test(item.tagName)) { lines.push(list(item, depth + 1)); continue; }
    number += 1;
    const sign = node.tagName === "OL" ? `${number}. ` : "- ";
    lines.push("   ".repeat(depth) + sign + inline(item).replace(/\s+/g, " ").trim());
    for (const inner of item.querySelectorAll(":scope > ul, :scope > ol")) lines.push(list(inner, depth + 1));
  }
  return lines.join("\n");
}

function bringIn(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html || !/<(p|li|h[1-6]|div|b|strong)\b/i.test(html)) return;
  const out = [];
  blocks(new DOMParser().parseFromString(html, "text/html").body, 0, out);
  if (!out.length) return;
  event.preventDefault();
  const field = event.target;
  field.setRangeText(out.join("\n\n"), field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

if (form) {
  autosave();
  form.querySelector("textarea[name=description]")?.addEventListener("paste", bringIn);
}
