/** Cells a side that the late features are pooled to: layout, not detail. */
export const LAYOUT_CELLS = 3;

/** Features far outside the usual must not saturate the head one way. */
export const FEATURE_CLIP = 6;
