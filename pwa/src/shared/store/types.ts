// What the phone keeps of a station, and what it is asked and answers when there is no network.

export type OpenState = "open" | "closed" | "unknown";

export type Opening = {
  state: OpenState;
  until: string | null;
  next_change: string | null;
  text: string | null;
  staffed: boolean | null;
  calendar_missing: boolean;
};

export type StationService = {
  kind: string;
  fee: "free" | "paid" | "unknown";
  state: "working" | "broken" | "unknown";
  as_of: string | null;
};

/** What a list row needs: a station as the nearest answer gives it, without the distance. */
export type StationFacts = {
  id: string;
  name: string | null;
  kind: string;
  lat: number;
  lon: number;
  address: string | null;
  region_code: string | null;
  services: StationService[];
  opening: Opening;
  walk_in: "yes" | "no" | "unknown";
  access: "anyone" | "riders" | "customers" | "unknown";
  verified_at: string | null;
  sample: boolean;
};

export type Near = StationFacts & {
  source: { name: string; external_id: string };
  distance_m: number;
  arrives_at: string | null;
  closes_soon: boolean | null;
};

/** A pair of UTC times [from, to). */
export type Interval = [string, string];

export type StationDetail = StationFacts & {
  source: { name: string; external_id: string; licence: string | null; url: string | null };
  aliases: string[];
  operator: string | null;
  unattended_hours: string | null;
  access_note: string | null;
  wheelchair: "yes" | "limited" | "no" | "unknown";
  phone: string | null;
  how_to_find: string | null;
  revision: number;
  updated_at: string;
  open_intervals: Interval[];
  unknown_intervals: Interval[];
};

/** A station as kept on the phone. All times in ms since 1970. */
export type StoredStation = StationDetail & {
  /** When it was saved, by the phone's clock: how old the facts are. */
  saved_at: number;
  /** From when its intervals tell open from closed, by the server's clock; for how long says hours.ts. */
  hours_from: number;
  /** The walk through the feed that saved it; see stations.ts. */
  walk: number;
};

export type NearestQuery = {
  lat: number;
  lon: number;
  services?: string[];
  open?: "any" | "possible" | "certain";
  at?: string;
  travel?: "foot" | "ebike";
  all_night?: boolean;
  limit?: number;
  max_m?: number;
  left_out?: boolean;
};

export type NearestAnswer = {
  as_of: string;
  revision: number;
  origin: { lat: number; lon: number };
  travel: { mode: "foot" | "ebike"; speed_kmh: number; detour_factor: number } | null;
  items: Near[];
  beyond: Near | null;
  left_out: { closed: number; broken: number } | null;
};
