// Keeps the page of an import up to date without loading it again, and loads it once when a step has ended.
const region = document.querySelector("[data-import]");
const EVERY_MS = 2000;
let phase;

async function look() {
  try {
    const answer = await fetch(region.dataset.import, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const now = await answer.json();
    phase ??= now.phase;
    if (!now.is_at_work || now.phase !== phase) {
      location.reload();
      return;
    }
    const said = region.querySelector("[data-import-said]");
    if (said) {
      said.textContent = region.dataset.said.replace("{done}", now.done).replace("{rows}", now.rows);
      region.querySelector("progress").value = now.done;
    }
  } catch {
    // the line is down for a moment: look again
  }
  setTimeout(look, EVERY_MS);
}

look();
