// Buttons that only a script can give: print, copy, and the device's own way to share. Without it they stay hidden.
function show(button, act) {
  button.hidden = false;
  button.addEventListener("click", act);
}
document.querySelectorAll("[data-print]").forEach((button) => show(button, () => print()));
if (navigator.share) {
  document.querySelectorAll("[data-share]").forEach((button) => {
    show(button, () => navigator.share({ title: button.dataset.share, url: button.dataset.address }).catch(() => {}));
  });
}
document.querySelectorAll("[data-copy]").forEach((button) => {
  const field = document.getElementById(button.dataset.copy);
  const said = button.textContent;
  button.setAttribute("aria-live", "polite");
  show(button, async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy"); // without https there is no clipboard, but what is selected can be copied
    }
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = said; }, 3000);
  });
});
