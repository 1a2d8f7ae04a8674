// Vite plugin: puts the icons that src/shared/ui/icons.ts names into index.html as one sprite of <symbol>s.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Plugin } from "vite";
import { LUCIDE, OWN } from "./src/shared/ui/icons.ts";

const PLACE = "<!--icons-->";

function symbol(name: string, drawing: string): string {
  return `<symbol id="i-${name}" viewBox="0 0 24 24">${drawing}</symbol>`;
}

/** What stands inside a Lucide file's <svg>, in one line. */
function lucide(name: string): string {
  const path = createRequire(import.meta.url).resolve(`lucide-static/icons/${name}.svg`);
  const drawing = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(readFileSync(path, "utf8"))?.[1];
  if (!drawing) throw new Error(`${path} is not an icon`);
  return drawing.replace(/\s+/g, " ").replace(/ \/>/g, "/>").replace(/> </g, "><").trim();
}

/** @returns a plugin that replaces `<!--icons-->` in an HTML page. */
export function icons(): Plugin {
  return {
    name: "nuanfeng-icons",
    transformIndexHtml(html) {
      const own = Object.entries(OWN).map(([name, drawing]) => symbol(name, drawing));
      const symbols = [...LUCIDE.map((name) => symbol(name, lucide(name))), ...own].join("");
      return html.replace(PLACE, `<svg class="sprite" aria-hidden="true">${symbols}</svg>`);
    },
  };
}
