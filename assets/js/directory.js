// The map of employers is extra: its parts are asked for when its place on the page comes near the screen.
const region = document.querySelector("[data-map]");
const parts = region && {
  link: { rel: "stylesheet", href: region.dataset.sheet },
  script: { src: region.dataset.script },
};

function load() {
  for (const [tag, facts] of Object.entries(parts)) document.head.append(Object.assign(document.createElement(tag), facts));
}

if (region) {
  document.querySelectorAll("[data-map-part]").forEach((part) => part.removeAttribute("hidden"));
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  }, { rootMargin: "200px" });
  watch.observe(region);
}
