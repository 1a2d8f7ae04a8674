// Runs the phone's own nearest code on what a test hands over: {feed, saved_ms, questions: [{query, now_ms}]} on stdin.
import { readFileSync } from "node:fs";
import { nearest } from "../../pwa/src/shared/store/nearest.ts";

const { feed, saved_ms, revision, questions } = JSON.parse(readFileSync(0, "utf8"));
const kept = feed.map((station) => ({ ...station, saved_at: saved_ms, hours_from: saved_ms, walk: saved_ms }));
const answers = questions.map(({ query, now_ms }) => nearest(kept, query, now_ms, revision));
process.stdout.write(JSON.stringify(answers));
