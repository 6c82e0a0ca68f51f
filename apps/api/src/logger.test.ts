import { describe, expect, it } from "vitest";
import { createLogger } from "./logger.ts";

function logged(write: (logger: ReturnType<typeof createLogger>) => void) {
  const lines: string[] = [];
  write(createLogger("info", { write: (line) => lines.push(line) }));
  return lines.join("");
}

describe("the log", () => {
  it("keeps people and secrets out, also of objects logged whole", () => {
    const text = logged((logger) => {
      logger.info(
        {
          caseId: "c1",
          patientName: "NGUYEN, An",
          user: { email: "a@b.example", id: "u1" },
          request: { headers: { authorization: "Bearer abc" } },
        },
        "opened",
      );
    });
    expect(text).toContain("c1");
    expect(text).toContain("u1");
    for (const secret of ["NGUYEN", "a@b.example", "abc"])
      expect(text).not.toContain(secret);
  });

  it("keeps values out of database errors", () => {
    const text = logged((logger) => {
      const error = new Error(
        "Invalid invocation in\n  const name = 'NGUYEN'\nKey (mrn)=(MRN-17) already exists.",
      );
      logger.error({ err: error }, "failed");
    });
    expect(text).toContain("Key (mrn)=(…) already exists");
    expect(text).not.toContain("NGUYEN");
    expect(text).not.toContain("MRN-17");
  });
});
