// Above facts from the phone's store: why they are not from the server, and how old they are.
import { Banner } from "../../shared/ui/Banner.tsx";
import { savedTime } from "../../shared/words/format.ts";
import { words } from "../../shared/words/index.ts";

/** @param offline nothing came back at all; else the server failed. `at` in ms. */
export function SavedBanner({ at, offline }: { at: number; offline: boolean }) {
  const w = words.value;
  return (
    <Banner
      icon={offline ? "wifi-off" : "cloud-off"}
      title={offline ? w.failed.offline : w.failed.server}
      text={w.failed.saved(savedTime(at, Date.now(), w))}
    />
  );
}
