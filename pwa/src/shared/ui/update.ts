// A newer version that waits for the rider's tap: null, or what applies it.
import { signal } from "@preact/signals";

export const update = signal<(() => void) | null>(null);
