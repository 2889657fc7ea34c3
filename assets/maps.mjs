// Outlines for the map of employers: the states, simplified, and the counties of each state in a file of its own.
// Shapes: us-atlas, from the US Census Bureau. Coordinates are [longitude, latitude] in degrees.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { feature } from "topojson-client";
import { filter, filterWeight, presimplify, simplify } from "topojson-simplify";

const STATES = {
  "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", 10: "DE", 11: "DC", 12: "FL",
  13: "GA", 15: "HI", 16: "ID", 17: "IL", 18: "IN", 19: "IA", 20: "KS", 21: "KY", 22: "LA", 23: "ME", 24: "MD",
  25: "MA", 26: "MI", 27: "MN", 28: "MS", 29: "MO", 30: "MT", 31: "NE", 32: "NV", 33: "NH", 34: "NJ", 35: "NM",
  36: "NY", 37: "NC", 38: "ND", 39: "OH", 40: "OK", 41: "OR", 42: "PA", 44: "RI", 45: "SC", 46: "SD", 47: "TN",
  48: "TX", 49: "UT", 50: "VT", 51: "VA", 53: "WA", 54: "WV", 55: "WI", 56: "WY", 60: "AS", 66: "GU", 69: "MP",
  72: "PR", 78: "VI",
};
const LEAST_TRIANGLE = 0.004; // square degrees that a corner must span to stay; smaller islands go
const STATE_DECIMALS = 2; // about half a mile
const COUNTY_DECIMALS = 3; // about 100 yards

/** Round a ring and drop what became a repeat. Alaska's western islands stay beside it, beyond 180 degrees west. */
function rounded(ring, decimals, isAlaska) {
  const points = ring.map(([lng, lat]) => [+(isAlaska && lng > 0 ? lng - 360 : lng).toFixed(decimals), +lat.toFixed(decimals)]);
  return points.filter((point, at) => at === 0 || point[0] !== points[at - 1][0] || point[1] !== points[at - 1][1]);
}

/** The polygons of a feature as rounded rings; what shrank to a line is left out. */
function polygons(geometry, decimals, isAlaska) {
  const parts = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return parts
    .map((part) => part.map((ring) => rounded(ring, decimals, isAlaska)).filter((ring) => ring.length > 3))
    .filter((part) => part.length);
}

function area(ring) {
  return Math.abs(ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[(at + 1) % ring.length];
    return sum + x * nextY - nextX * y;
  }, 0)) / 2;
}

/** The middle of a county's largest part (its centroid), where its name is written. */
function middle(parts) {
  const ring = parts.map((part) => part[0]).sort((one, other) => area(other) - area(one))[0];
  let twice = 0, x = 0, y = 0;
  ring.forEach(([x0, y0], at) => {
    const [x1, y1] = ring[(at + 1) % ring.length];
    const cross = x0 * y1 - x1 * y0;
    twice += cross; x += (x0 + x1) * cross; y += (y0 + y1) * cross;
  });
  return twice ? [+(x / (3 * twice)).toFixed(COUNTY_DECIMALS), +(y / (3 * twice)).toFixed(COUNTY_DECIMALS)] : ring[0];
}

function collection(features) {
  return JSON.stringify({ type: "FeatureCollection", features });
}

function one(properties, coordinates) {
  return { type: "Feature", properties, geometry: { type: "MultiPolygon", coordinates } };
}

/** [name, text] of each file under static/map/. */
export function drawMaps(root) {
  const atlas = (name) => JSON.parse(readFileSync(join(root, "node_modules/us-atlas", name), "utf8"));
  const weighed = presimplify(atlas("states-10m.json"));
  const small = simplify(weighed, LEAST_TRIANGLE);
  const fewer = filter(small, filterWeight(small, LEAST_TRIANGLE));
  const states = feature(fewer, fewer.objects.states).features.filter((state) => state.geometry);
  const files = [["states.json", collection(states.map((state) => {
    const code = STATES[state.id];
    return one({ state: code }, polygons(state.geometry, STATE_DECIMALS, code === "AK"));
  }))]];
  const counties = atlas("counties-10m.json");
  const byState = {};
  for (const county of feature(counties, counties.objects.counties).features) {
    const code = STATES[county.id.slice(0, 2)];
    const parts = polygons(county.geometry, COUNTY_DECIMALS, code === "AK");
    if (!parts.length) continue; // Falls Church, Virginia: a line at this scale
    (byState[code] ??= []).push(one({ name: county.properties.name, at: middle(parts) }, parts));
  }
  for (const [code, features] of Object.entries(byState)) files.push([`counties/${code.toLowerCase()}.json`, collection(features)]);
  return files;
}
