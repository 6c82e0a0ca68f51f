/** Bounds that hold for every picture, whatever its header claims. */
export interface PictureLimits {
  /** Width × height of one frame. */
  maxPixels: number;
  /** Pixels on either side. */
  maxSide: number;
  /** A film with fewer pixels on a side shows no anatomy. */
  minSide: number;
  /** What a deflated DICOM file may grow to, bytes. */
  maxInflatedBytes: number;
}

/**
 * The largest detector sold for chest films (43 × 43 cm at 0.1 mm) gives
 * 4,300² = 18.5 MP, digitised film at 50 µm about 60 % more than twice that;
 * 50 MP leaves room for both. Memory of one 50 MP film in a worker: file up to
 * 100 MB (16 bit, not compressed), its samples 100 MB, and while a wavelet
 * codec runs 200 MB (32-bit coefficients) and its 100 MB output: about 0.5 GB
 * at the worst moment, 0.1 GB afterwards.
 */
export const DEFAULT_PICTURE_LIMITS: PictureLimits = {
  maxPixels: 50_000_000,
  maxSide: 16_384,
  minSide: 64,
  maxInflatedBytes: 200 * 2 ** 20,
};
