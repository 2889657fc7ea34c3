// Builds static/ from assets/ and the packages in package.json. `make assets` calls it; what it writes is committed.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";
import * as sass from "sass";
import { drawMaps } from "./maps.mjs";
import { drawPictures } from "./pictures.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const from = (...parts) => join(root, ...parts);
const out = (...parts) => join(root, "static", ...parts);
const uswds = from("node_modules/@uswds/uswds");

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  const kilobytes = (bytes.length / 1000).toFixed(1);
  const packed = (brotliCompressSync(Buffer.from(bytes)).length / 1000).toFixed(1);
  console.log(`${path.slice(root.length + 1)}  ${kilobytes} kB, ${packed} kB Brotli`);
}

/** Compile one sheet. USWDS and Leaflet name little pictures (check, chevron, pin); ours are drawn in CSS, so none is asked for. */
function compile(name) {
  const { css } = sass.compile(from("assets/scss", `${name}.scss`), {
    style: "compressed",
    charset: false,
    loadPaths: [from("assets/scss"), join(uswds, "packages"), from("node_modules")],
    quietDeps: true,
  });
  return css.replace(/behavior:url\([^)]*\);?/g, "").replace(/url\("?(?:(?:\.\.\/img|images)\/[^")]*)?"?\)/g, "none");
}

for (const folder of ["css", "js", "fonts", "img", "map"]) rmSync(out(folder), { recursive: true, force: true });

for (const name of ["site", "fonts", "map", "curation", "seekers", "hiring"]) write(out("css", `${name}.css`), compile(name));

for (const file of readdirSync(from("assets/js"))) {
  const { outputFiles } = await build({
    entryPoints: [from("assets/js", file)], bundle: true, minify: true, format: "iife", target: "es2020", write: false,
    nodePaths: [join(uswds, "packages")], legalComments: "none",
  });
  write(out("js", file), outputFiles[0].contents);
}

mkdirSync(out("fonts"), { recursive: true });
for (const [folder, file] of [
  ["@fontsource/source-serif-4", "source-serif-4-latin-600-normal.woff2"],
  ["@fontsource-variable/public-sans", "public-sans-latin-wght-normal.woff2"],
]) {
  write(out("fonts", file), readFileSync(from("node_modules", folder, "files", file)));
}

for (const [name, bytes] of drawPictures()) write(out("img", name), bytes);
for (const [name, text] of drawMaps(root)) write(out("map", name), text);
