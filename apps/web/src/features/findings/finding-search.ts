import { plainText } from "../../lib/plain-text.ts";

interface Searched {
  readonly code: string;
  readonly names: { readonly en: string; readonly vi: string };
}

/**
 * Findings with the text in a name of either language, those first in which a
 * word starts with it. Accents do not matter: "tran dich" finds "Tràn dịch".
 */
export function findingsLike<Finding extends Searched>(
  findings: readonly Finding[],
  text: string,
): Finding[] {
  const wanted = plainText(text.trim());
  if (wanted === "") return [...findings];
  const rankOf = ({ code, names }: Finding): number => {
    const texts = [names.en, names.vi, code].map(plainText);
    if (texts.some((name) => name.startsWith(wanted))) return 0;
    if (texts.some((name) => name.includes(` ${wanted}`))) return 1;
    return texts.some((name) => name.includes(wanted)) ? 2 : 3;
  };
  return findings
    .map((finding) => ({ finding, rank: rankOf(finding) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ finding }) => finding);
}
