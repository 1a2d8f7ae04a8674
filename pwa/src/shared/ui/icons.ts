// The icons in use. The build takes their drawings from lucide-static into one sprite inside index.html (vite-icons.ts).

/** Names in Lucide (24 × 24 grid, stroke 2). */
export const LUCIDE = [
  "accessibility",
  "armchair",
  "arrow-down-to-line",
  "baby",
  "battery-charging",
  "book-open",
  "bike",
  "building-2",
  "check",
  "chevron-down",
  "chevron-left",
  "chevron-right",
  "chevron-up",
  "circle-check",

  "clock",
  "clock-alert",
  "cloud-off",
  "copy",
  "cross",
  "crosshair",
  "database",
  "door-open",
  "droplet",
  "ellipsis",
  "ev-charger",
  "footprints",
  "hand",
  "heart-handshake",
  "history",
  "info",
  "languages",
  "layers",
  "list",
  "locate",
  "map",
  "map-pin",
  "map-pin-house",
  "map-pin-off",
  "microwave",
  "minus",
  "moon",
  "navigation",
  "phone",
  "plug-zap",
  "plus",
  "refresh-cw",
  "refrigerator",
  "search",
  "share-2",
  "shield-check",
  "signpost",
  "snowflake",
  "star",
  "terminal",
  "thermometer",
  "toilet",
  "triangle-alert",
  "umbrella",
  "user",
  "users",
  "utensils",
  "wifi",
  "wifi-off",
  "wrench",
  "x",
  "zap",
] as const;

/** Our own: a state is told by its shape too (disc, octagon, dashed ring). `cut` is drawn in the ground's colour. */
export const OWN = {
  working:
    '<circle cx="12" cy="12" r="9.5" fill="currentColor" stroke="none"/><path class="cut" d="m7.8 12.4 2.9 2.9 5.6-6"/>',
  broken:
    '<path d="M8.1 2.5h7.8l5.6 5.6v7.8l-5.6 5.6H8.1l-5.6-5.6V8.1Z" fill="currentColor" stroke="none"/>' +
    '<path class="cut" d="m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4"/>',
  unknown:
    '<circle cx="12" cy="12" r="9" stroke-dasharray="3.4 3.67"/>' +
    '<path d="M9.6 9.6a2.5 2.5 0 0 1 4.9.8c0 1.6-2.5 2-2.5 3.4M12 16.8h.01"/>',
  mark:
    '<path class="mark-cell" d="M12 1 21.5 6.5v11L12 23 2.5 17.5v-11Z" stroke="none"/>' +
    '<path class="mark-house" d="M8 16.5v-5l4-3.2 4 3.2v5"/>',
} as const;

export type IconName = (typeof LUCIDE)[number] | keyof typeof OWN;
