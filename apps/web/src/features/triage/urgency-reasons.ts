/** What is to be looked at in what a film says of itself. */
export type IdentityNote =
  | "study-of-two-patients"
  | "changed-resend"
  | "placeholder-number"
  | "age-contradicts-birth-date"
  | "date-in-future";

/** One reason why a case stands where it stands, out of the API's code. */
export type UrgencyReason =
  | { kind: "ai"; percent: number }
  | { kind: "flag"; flag: string }
  | { kind: "age"; years: number }
  | { kind: "infant" }
  | { kind: "not-assessed"; reason: string | null }
  | { kind: "pending" }
  | { kind: "control" }
  | { kind: "waited" }
  | { kind: "reopened" }
  | { kind: "escalated"; reason: string }
  | { kind: "prior-positive" }
  | { kind: "unknown-patient" }
  | { kind: "patient-mismatch" }
  | { kind: "note"; code: IdentityNote }
  | { kind: "other"; code: string };

/**
 * Reads a code such as "ai:91", "flag:fever", "age:78" or "waited". A code
 * of a newer API is kept as it is rather than dropped.
 */
export function parseUrgencyReason(code: string): UrgencyReason {
  const [name, value] = splitOnce(code);
  switch (name) {
    case "ai": {
      const percent = Number(value);
      return value && Number.isFinite(percent)
        ? { kind: "ai", percent }
        : { kind: "other", code };
    }
    case "flag":
      return value ? { kind: "flag", flag: value } : { kind: "other", code };
    case "age":
      if (value === "infant") return { kind: "infant" };
      return value && Number.isFinite(Number(value))
        ? { kind: "age", years: Number(value) }
        : { kind: "other", code };
    case "escalated":
      return value
        ? { kind: "escalated", reason: value }
        : { kind: "other", code };
    case "not-assessed":
      return { kind: "not-assessed", reason: value };
    case "pending":
    case "control":
    case "waited":
    case "reopened":
    case "prior-positive":
    case "unknown-patient":
    case "patient-mismatch":
      return { kind: name };
    case "study-of-two-patients":
    case "changed-resend":
    case "placeholder-number":
    case "age-contradicts-birth-date":
    case "date-in-future":
      return { kind: "note", code: name };
    default:
      return { kind: "other", code };
  }
}

function splitOnce(code: string): [string, string | null] {
  const at = code.indexOf(":");
  return at < 0 ? [code, null] : [code.slice(0, at), code.slice(at + 1)];
}
