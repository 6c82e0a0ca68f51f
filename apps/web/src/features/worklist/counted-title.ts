/** "(12) Worklist"; another count takes the place of the one before. */
export function titleWithCount(title: string, count: string | null): string {
  const plain = title.replace(/^\([\d.,+]+\) /, "");
  return count === null ? plain : `(${count}) ${plain}`;
}
