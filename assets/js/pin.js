// Puts a site's pin in its place by a click or by dragging it; the two fields of the form beside it say the same.
import * as L from "leaflet/dist/leaflet-src.esm.js";

const region = document.querySelector("[data-pin]");
const words = region.dataset;
const fields = { lat: document.getElementById("id_lat"), lng: document.getElementById("id_lng") };
const message = region.querySelector("[data-pin-message]");
const around = JSON.parse(words.around);
const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const DIGITS = 5; // about three feet

function typed() {
  const at = [Number.parseFloat(fields.lat.value), Number.parseFloat(fields.lng.value)];
  return at.every(Number.isFinite) && Math.abs(at[0]) <= 90 && Math.abs(at[1]) <= 180 ? at : null;
}

async function drawLand(map) {
  for (const [address, style] of [[words.states, "map__state"], [words.counties, "map__county"]]) { // counties lie on states
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok) L.geoJSON(await answer.json(), { pane: "land", interactive: false, smoothFactor: 0.5, className: style }).addTo(map);
    } catch {
      return; // without outlines the names and the pin remain
    }
  }
}

function start() {
  const stored = [Number.parseFloat(words.lat), Number.parseFloat(words.lng)];
  const first = typed() ?? (stored.every(Number.isFinite) ? stored : null);
  if (!first) return;
  region.hidden = false;
  const map = L.map(region.querySelector("[data-pin-canvas]"), {
    minZoom: 6, maxZoom: 16, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
    zoomAnimation: !isStill, fadeAnimation: !isStill, markerZoomAnimation: !isStill,
  }).setView(first, 11);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(words.source);
  map.createPane("land").classList.add("map__land");
  map.createPane("names").classList.add("map__names");

  const face = document.createElement("span");
  const icon = L.divIcon({ className: "map__dot map__dot--hiring", html: face, iconSize: [24, 24] });
  const pin = L.marker(first, { icon, draggable: true, keyboard: false, zIndexOffset: 1000 }).addTo(map);

  function put({ lat, lng }) {
    pin.setLatLng([lat, lng]);
    fields.lat.value = lat.toFixed(DIGITS);
    fields.lng.value = lng.toFixed(DIGITS);
    message.textContent = words.said.replace("{lat}", fields.lat.value).replace("{lng}", fields.lng.value);
  }
  map.on("click", (event) => put(event.latlng));
  pin.on("dragend", () => put(pin.getLatLng()));
  for (const field of Object.values(fields)) {
    field.addEventListener("change", () => {
      const at = typed();
      if (!at) return;
      pin.setLatLng(at);
      map.panTo(at, { animate: !isStill });
    });
  }

  for (const [lat, lng, name] of around) {
    const label = document.createElement("span");
    label.textContent = name;
    L.marker([lat, lng], { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "map__name", html: label, iconSize: [0, 0] }) }).addTo(map);
  }
  drawLand(map);
}

start();
