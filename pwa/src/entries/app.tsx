// The riders' app: language and theme first, then the pages. The only file that sees several rooms.
import "../shared/ui/tokens.css";
import "../shared/ui/base.css";
import "../shared/ui/parts.css";
import "../shared/ui/controls.css";
import "../rider/stations/stations.css";
import { signal } from "@preact/signals";
import { render } from "preact";
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from "preact-iso";
import { Crashed } from "../rider/start/Crashed.tsx";
import { NearestPage } from "../rider/stations/NearestPage.tsx";
import { loadAbout } from "../shared/api/about.ts";
import { watchTextSize } from "../shared/device/wechat.ts";
import { noteStep } from "../shared/ui/back.ts";
import { watchInstall } from "../shared/ui/install.ts";
import { startLook } from "../shared/ui/theme.ts";
import { update } from "../shared/ui/update.ts";
import { startLanguage } from "../shared/words/index.ts";
import { registerUpdates } from "../sw/bridge.ts";

const StationPage = lazy(() => import("../rider/stations/StationPage.tsx").then((page) => page.StationPage));

const MapPage = lazy(() => import("../rider/stations/MapPage.tsx").then((page) => page.MapPage));
const PlacesPage = lazy(() => import("../rider/places/PlacesPage.tsx").then((page) => page.PlacesPage));
const SearchPage = lazy(() => import("../rider/places/SearchPage.tsx").then((page) => page.SearchPage));
const MePage = lazy(() => import("../rider/me/MePage.tsx").then((page) => page.MePage));
const PrivacyPage = lazy(() => import("../rider/me/PrivacyPage.tsx").then((page) => page.PrivacyPage));
const LicencesPage = lazy(() => import("../rider/me/LicencesPage.tsx").then((page) => page.LicencesPage));

const Missing = lazy(() => import("../rider/start/Missing.tsx").then((page) => page.Missing));

const crashed = signal(false);

function App() {
  // A page that failed is replaced by one that says so; a lazy part that is gone is offered as an update instead.
  if (crashed.value)
    return (
      <LocationProvider>
        <Crashed />
      </LocationProvider>
    );
  return (
    <LocationProvider>
      <ErrorBoundary
        onError={() => {
          crashed.value = true;
        }}
      >
        <Router onRouteChange={noteStep}>
          <Route path="/" component={NearestPage} />
          <Route path="/stations/:id" component={StationPage} />
          <Route path="/map" component={MapPage} />
          <Route path="/places" component={PlacesPage} />
          <Route path="/search" component={SearchPage} />
          <Route path="/me" component={MePage} />
          <Route path="/privacy" component={PrivacyPage} />
          <Route path="/licences" component={LicencesPage} />
          <Route default component={Missing} />
        </Router>
      </ErrorBoundary>
    </LocationProvider>
  );
}

startLook();
void loadAbout();
watchInstall();
registerUpdates((apply) => {
  update.value = apply;
});
startLanguage(location.search).then(() => {
  watchTextSize();
  const root = document.getElementById("app");
  if (root) render(<App />, root);
});
