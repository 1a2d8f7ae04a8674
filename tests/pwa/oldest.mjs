// Reads each script named as an argument by the grammar of ECMAScript 2021, the newest that Chromium 87 reads whole.
import { readFileSync } from "node:fs";
import { parse } from "acorn";

for (const file of process.argv.slice(1)) {
  try {
    parse(readFileSync(file, "utf8"), { ecmaVersion: 2021, sourceType: file.endsWith("sw.js") ? "script" : "module" });
  } catch (error) {
    console.log(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}
