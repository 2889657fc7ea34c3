// Draws the sites of the employers found on outlines of states and counties. The list beside it says the same.
import * as L from "leaflet/dist/leaflet-src.esm.js";

const region = document.querySelector("[data-map]");
const words = region.dataset;
const canvas = region.querySelector("[data-map-canvas]");
const message = region.querySelector("[data-map-message]");

const WHOLE_COUNTRY = [[24.5, -125], [49.5, -66.5]];
const COUNTIES_FROM_ZOOM = 7;
const NAMES_FROM_ZOOM = 9;
const CELL_PIXELS = 56; // sites closer than this share a dot
const LISTED = 8; // names in one popup
const METERS_A_MILE = 1609.344;

const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
const map = L.map(canvas, {
  minZoom: 3, maxZoom: 13, zoomSnap: 0.5, zoomControl: false, scrollWheelZoom: false, dragging: !L.Browser.mobile,
  zoomAnimation: !isStill, fadeAnimation: !isStill, markerZoomAnimation: !isStill,
});
L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
map.attributionControl.setPrefix(false).addAttribution(words.source);
map.createPane("land").classList.add("map__land");
map.createPane("names").classList.add("map__names");

const land = (style) => ({ pane: "land", interactive: false, smoothFactor: 0.5, className: style });
const fetched = async (address) => {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

// --- Ground: states at once, counties of the states in view -----------------------------------------
const drawn = new Map(); // state -> its counties once asked for: {outline, names}
let states = [];

function nameOf(county) {
  const [lng, lat] = county.properties.at;
  const label = document.createElement("span");
  label.textContent = county.properties.name;
  return L.marker([lat, lng], { pane: "names", interactive: false, keyboard: false, icon: L.divIcon({ className: "map__name", html: label, iconSize: [0, 0] }) });
}

async function drawCounties(state) {
  const parts = { outline: L.layerGroup(), names: L.layerGroup() };
  drawn.set(state, parts);
  try {
    const counties = await fetched(`${words.counties}${state.toLowerCase()}.json`);
    parts.outline.addLayer(L.geoJSON(counties, land("map__county")));
    counties.features.forEach((county) => parts.names.addLayer(nameOf(county)));
  } catch {
    drawn.delete(state); // the next move of the map asks again
  }
}

function showGround() {
  const view = map.getBounds();
  const zoom = map.getZoom();
  for (const state of states) {
    const isNear = zoom >= COUNTIES_FROM_ZOOM && view.intersects(state.getBounds());
    const code = state.feature.properties.state;
    if (isNear && !drawn.has(code)) drawCounties(code);
    const parts = drawn.get(code);
    if (!parts) continue;
    if (isNear) map.addLayer(parts.outline); else map.removeLayer(parts.outline);
    if (isNear && zoom >= NAMES_FROM_ZOOM) map.addLayer(parts.names); else map.removeLayer(parts.names);
  }
}

// --- Sites: dots that share a cell are one dot with a number ----------------------------------------
const dots = L.layerGroup().addTo(map);
let found = { points: [], cells: [], employers: [] };

function popup(points) {
  const employers = [...new Set(points.map((point) => point[2]))].map((at) => found.employers[at]);
  const list = document.createElement("ul");
  list.className = "map__list";
  for (const [name, address, openings] of employers.slice(0, LISTED)) {
    const link = Object.assign(document.createElement("a"), { href: address, textContent: name });
    const item = document.createElement("li");
    item.append(link, openings ? ` ${openings}` : "");
    list.append(item);
  }
  if (employers.length > LISTED) {
    list.append(Object.assign(document.createElement("li"), { textContent: words.more.replace("{count}", employers.length - LISTED) }));
  }
  return list;
}

function dot(at, count, isHiring, act) {
  const face = document.createElement("span");
  face.textContent = count > 1 ? count : "";
  const size = count > 99 ? 44 : count > 9 ? 36 : count > 1 ? 30 : 24;
  const icon = L.divIcon({ className: `map__dot${isHiring ? " map__dot--hiring" : ""}${count > 1 ? " map__dot--many" : ""}`, html: face, iconSize: [size, size] });
  dots.addLayer(L.marker(at, { icon, keyboard: false }).on("click", act));
}

function showSites() {
  dots.clearLayers();
  for (const [lat, lng, count] of found.cells) {
    dot([lat, lng], count, false, () => map.setView([lat, lng], Math.min(map.getZoom() + 2, map.getMaxZoom())));
  }
  const shared = new Map();
  for (const point of found.points) {
    const { x, y } = map.project([point[0], point[1]]);
    const key = `${Math.floor(x / CELL_PIXELS)}:${Math.floor(y / CELL_PIXELS)}`;
    if (!shared.has(key)) shared.set(key, []);
    shared.get(key).push(point);
  }
  for (const points of shared.values()) {
    const bounds = L.latLngBounds(points.map(([lat, lng]) => [lat, lng]));
    const at = points.length > 1 ? bounds.getCenter() : [points[0][0], points[0][1]];
    const isHiring = points.some((point) => found.employers[point[2]][2]);
    const isOnePlace = map.getZoom() >= map.getMaxZoom() || bounds.getNorthEast().distanceTo(bounds.getSouthWest()) < 50;
    dot(at, points.length, isHiring, () => {
      if (isOnePlace) L.popup({ maxWidth: 260, closeButton: true }).setLatLng(at).setContent(popup(points)).openOn(map);
      else map.fitBounds(bounds, { padding: [40, 40], maxZoom: map.getMaxZoom() });
    });
  }
}

function look() {
  if (found.circle) {
    const [lat, lng, miles] = found.circle;
    const circle = L.circle([lat, lng], { radius: miles * METERS_A_MILE, interactive: false, className: "map__circle" });
    circle.addTo(map);
    map.fitBounds(L.latLng(lat, lng).toBounds(miles * METERS_A_MILE * 2), { animate: false });
    return;
  }
  const places = [...found.points, ...found.cells].map(([lat, lng]) => [lat, lng]);
  map.fitBounds(places.length ? L.latLngBounds(places) : WHOLE_COUNTRY, { animate: false, padding: [20, 20], maxZoom: 11 });
}

async function start() {
  map.fitBounds(WHOLE_COUNTRY, { animate: false });
  try {
    const [shapes, answer] = await Promise.all([fetched(words.states), fetched(words.points)]);
    states = L.geoJSON(shapes, land("map__state")).addTo(map).getLayers();
    found = answer;
    look();
    map.on("moveend", showGround).on("zoomend", showSites);
    showGround();
    showSites();
    message.textContent = answer.said;
    region.dataset.drawn = answer.count;
  } catch {
    message.textContent = words.failed;
  }
}

start();
