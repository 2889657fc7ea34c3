// Favicons and the social picture, drawn from assets/img/mark.svg and hub.svg.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import opentype from "opentype.js";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "../node_modules");
const mark = readFileSync(join(here, "img/mark.svg"), "utf8");
const hub = readFileSync(join(here, "img/hub.svg"), "utf8");

function face(path) {
  const bytes = readFileSync(join(modules, path));
  return opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function png(svg, width) {
  return new Resvg(svg, { fitTo: { mode: "width", value: width }, font: { loadSystemFonts: false } }).render().asPng();
}

/** The mark on a ground of its own, `size` units square with `margin` units around it. */
function tile(ground, margin) {
  const inner = mark.replace("<svg ", `<svg x="${margin}" y="${margin}" width="40" height="40" `);
  const size = 40 + 2 * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}"><rect width="${size}" height="${size}" fill="${ground}"/>${inner}</svg>`;
}

/** An .ico file is a small directory; the picture inside may be a PNG. */
function ico(picture, size) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, picture]);
}

/** The outline as SVG path data. (The package's own toPathData writes NaN for some very small numbers.) */
function outline(path) {
  const order = ["x1", "y1", "x2", "y2", "x", "y"];
  return path.commands
    .map((command) => command.type + order.filter((name) => name in command).map((name) => command[name].toFixed(2)).join(" "))
    .join("");
}

function social() {
  const serif = face("@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff");
  const line = (text, x, y, size, fill, anchor = "start") => {
    const shift = anchor === "middle" ? -serif.getAdvanceWidth(text, size) / 2 : 0;
    return `<path fill="${fill}" d="${outline(serif.getPath(text, x + shift, y, size))}"/>`;
  };
  const wheel = hub
    .replace(/<text class="hub__(label|you|pair)".*?<\/text>/gs, "")
    .replace(/viewBox="[^"]*"/, 'x="690" y="75" width="480" height="480" viewBox="0 0 520 520"')
    .replace("</svg>", `${line("You", 260, 264, 42, "#fff", "middle")}${line("CC", 233, 296, 18, "#fff", "middle")}${line("CM", 287, 296, 18, "#fff", "middle")}</svg>`);
  const words = [
    line("Be the one", 80, 235, 76, "#1b2a29"),
    line("who holds the", 80, 320, 76, "#1b2a29"),
    line("care together.", 80, 405, 76, "#1b2a29"),
    line("Careers in care coordination", 80, 490, 36, "#0f4c4a"),
    line("and care management", 80, 536, 36, "#0f4c4a"),
  ].join("");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#fbf8f2"/>${words}${wheel}</svg>`;
}

/** Every picture as [file name, bytes]. */
export function drawPictures() {
  return [
    ["mark.svg", Buffer.from(mark)],
    ["favicon.ico", ico(png(mark, 32), 32)],
    ["icon-192.png", png(mark, 192)],
    ["apple-touch-icon.png", png(tile("#fbf8f2", 6), 180)],
    ["social.png", png(social(), 1200)],
  ];
}
