import {
  declaredBarsSchema,
  type DeclaredBars,
} from "../src/models/run-record.ts";

/**
 * What `--bars` names, as JSON; null where it is left out.
 *
 * @throws Error where it is no such thing
 */
export function declaredBarsFrom(
  text: string | undefined,
): DeclaredBars | null {
  if (text === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error("--bars is no JSON.");
  }
  const parsed = declaredBarsSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(
    `--bars: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is no list of bars"}`,
  );
}
