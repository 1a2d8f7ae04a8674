// Vite plugin: after the app is built, builds src/sw/sw.ts into /sw.js with the list of the rider's files in it.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { build, type Plugin, type ResolvedConfig, type Rollup } from "vite";

/**
 * What the app can do without when there is no network: icons for the launcher, texts for crawlers, and the
 * drawing of vector tiles, which come from the network anyway.
 */
const NOT_SHELL = /\.(png|txt)$|\/vectorTiles-/;

/** Names of everything the page `html` may load, lazy parts included. */
function filesOf(html: string, bundle: Rollup.OutputBundle): Set<string> {
  const names = new Set<string>();
  const take = (name: string): void => {
    const output = bundle[name];
    if (!output || names.has(name) || NOT_SHELL.test(name)) return;
    names.add(name);
    if (output.type !== "chunk") return;
    const { importedCss, importedAssets } = output.viteMetadata ?? {};
    for (const next of [...output.imports, ...output.dynamicImports]) take(next);
    for (const next of [...(importedCss ?? []), ...(importedAssets ?? [])]) take(next);
  };
  for (const output of Object.values(bundle)) {
    if (output.type === "chunk" && output.isEntry && output.facadeModuleId?.endsWith(`/${html}`)) take(output.fileName);
  }
  return names;
}

/** @param html the page whose shell is kept; other pages of the build are left to the network. */
export function serviceWorker(html = "index.html"): Plugin {
  let config: ResolvedConfig;
  let names = new Set<string>();
  return {
    name: "nuanfeng-service-worker",
    apply: "build",
    enforce: "post",
    configResolved(resolved) {
      config = resolved;
    },
    generateBundle(_options, bundle) {
      names = filesOf(html, bundle);
    },
    async closeBundle(error?: Error) {
      if (error) return; // the build failed already; its error is the one to show
      const outDir = resolve(config.root, config.build.outDir);
      const publicNames = readdirSync(config.publicDir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !NOT_SHELL.test(entry.name))
        .map((entry) => relative(config.publicDir, join(entry.parentPath, entry.name)));
      const files = [...names, ...publicNames].sort();
      const hash = createHash("sha256");
      for (const name of [html, ...files]) hash.update(readFileSync(join(outDir, name)));
      await build({
        configFile: false,
        root: config.root,
        publicDir: false,
        logLevel: "warn",
        define: {
          __SHELL__: JSON.stringify(["/", ...files.map((name) => `/${name}`)]),
          __BUILD__: JSON.stringify(hash.digest("hex").slice(0, 16)),
        },
        build: {
          target: config.build.target,
          outDir: config.build.outDir,
          emptyOutDir: false,
          rollupOptions: {
            input: "src/sw/sw.ts",
            output: { format: "iife", entryFileNames: "sw.js" },
          },
        },
      });
    },
  };
}
