// 数据和许可: whose data is shown and under which licence.
import { useEffect } from "preact/hooks";
import { about, loadAbout } from "../../shared/api/about.ts";
import { Footer } from "../../shared/ui/Footer.tsx";
import { Screen, TopBar } from "../../shared/ui/Screen.tsx";
import { allWords } from "../../shared/words/pages.ts";

export function LicencesPage() {
  const w = allWords.value;
  useEffect(() => void loadAbout(), []);
  const licences = about.value?.licences ?? [];
  const map = about.value?.basemap.attribution;
  return (
    <Screen title={w.licences.title} head={<TopBar title={w.licences.title} />}>
      <div class="prose">
        <h2>{w.licences.data}</h2>
        {licences.length === 0 && !map && <p>{w.licences.none}</p>}
        <ul>
          {licences.map(({ source, licence, url }) => (
            <li key={source}>
              {source} {w.licences.under(licence)}
              {url && (
                <>
                  {" "}
                  <a class="inline" href={url} target="_blank" rel="noreferrer">
                    {url.replace(/^https?:\/\//, "")}
                  </a>
                </>
              )}
            </li>
          ))}
          {map && <li>{map}</li>}
        </ul>
        <h2>{w.licences.software}</h2>
        <p>{w.licences.softwareText}</p>
      </div>
      <Footer />
    </Screen>
  );
}
