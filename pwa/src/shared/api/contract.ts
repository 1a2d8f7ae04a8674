// What the server answers, apart from what shared/store keeps.
import type { Near } from "../store/types.ts";

export type Region = {
  code: string;
  name: string;
  level: "city" | "district" | "street" | "community";
  parent_code: string | null;
  lat: number | null;
  lon: number | null;
  stations: number;
};

export type Licence = { source: string; licence: string; url: string | null };

export type About = {
  name: string;
  version: string;
  city: { code: string; name: string; name_en: string; lat: number; lon: number };
  demo: boolean;
  empty: boolean;
  icp: string | null;
  hotline: string | null;
  basemap: {
    kind: "none" | "pmtiles" | "tianditu" | "tiles";
    url: string | null;
    attribution: string | null;
    key: string | null;
  };
  licences: Licence[];
};

export type Station = Omit<Near, "distance_m" | "arrives_at" | "closes_soon">;
