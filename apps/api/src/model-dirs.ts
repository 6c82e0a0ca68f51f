import {
  defaultModelDir,
  findModelDir,
  listModels,
} from "@lung-iris/inference";

/** The folders given, else all that the product brings, its own first. */
export function modelDirsOf(given: readonly string[]): string[] {
  if (given.length > 0) return given.map(findModelDir);
  const own = defaultModelDir();
  return [
    own,
    ...listModels()
      .map(findModelDir)
      .filter((dir) => dir !== own),
  ];
}
