import { readdir, stat } from "node:fs/promises";
import { join, sep } from "node:path";

const WILDCARD = /[*?[]/u;

/**
 * The files that arguments of a command stand for, in the order given: a
 * folder stands for all files below it, a pattern (`*`, `?`, `[ab]`, `**`) that
 * the shell left alone for what it matches. A path that is not there is kept,
 * so that the command can say so.
 */
export async function findFiles(paths: readonly string[]): Promise<string[]> {
  const found = await Promise.all(paths.map(expand));
  return found.flat();
}

async function expand(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => null);
  if (info?.isDirectory() === true) return filesBelow(path);
  if (info !== null || !WILDCARD.test(path)) return [path];
  const matches = await matchPattern(path);
  return matches.length === 0 ? [path] : matches;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const visible = entries
    .filter((entry) => !entry.name.startsWith("."))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const files: string[] = [];
  for (const entry of visible) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (entry.isFile()) files.push(path);
  }
  return files;
}

async function matchPattern(pattern: string): Promise<string[]> {
  const parts = pattern.split(sep);
  const fixed = parts.findIndex((part) => WILDCARD.test(part));
  const base = parts.slice(0, fixed).join(sep);
  const folder = base === "" ? (pattern.startsWith(sep) ? sep : ".") : base;
  const candidates = await filesBelow(folder).catch(() => []);
  const expression = toExpression(parts.slice(fixed).join("/"));
  return candidates.filter((path) => {
    const relative =
      folder === "." ? path : path.slice(join(folder, "/").length);
    return expression.test(relative.split(sep).join("/"));
  });
}

function toExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|\\]/gu, "\\$&")
    .replace(/\*\*\/|\*|\?/gu, (wildcard) => {
      if (wildcard === "**/") return "(?:.*/)?";
      return wildcard === "*" ? "[^/]*" : "[^/]";
    });
  return new RegExp(`^${source}$`, "u");
}
