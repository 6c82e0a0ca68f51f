import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  AUDIT_EVENT_TYPES,
  groupOf,
  isKnownType,
} from "./audit-event-types.ts";

/** Read as text: a package knows no app. */
function typesOfTheApi(): string[] {
  const folder = fileURLToPath(
    new URL("../../../apps/api/src/audit/events", import.meta.url),
  );
  return readdirSync(folder).flatMap((name) => {
    const source = readFileSync(join(folder, name), "utf8");
    return [...source.matchAll(/\bevent\(\s*"([^"]+)"/g)].map(
      (match) => match[1] ?? "",
    );
  });
}

describe("the list of audit event types", () => {
  it("is the API's list", () => {
    const types = typesOfTheApi();
    expect(types.length).toBeGreaterThan(30);
    expect([...AUDIT_EVENT_TYPES].sort()).toEqual(types.sort());
  });

  it("names no type twice", () => {
    expect(new Set(AUDIT_EVENT_TYPES).size).toBe(AUDIT_EVENT_TYPES.length);
  });

  it("knows what it does not know", () => {
    expect(isKnownType("case.opened")).toBe(true);
    expect(isKnownType("case.teleported")).toBe(false);
    expect(groupOf("case.opened")).toBe("cases");
    expect(groupOf("case.teleported")).toBeNull();
  });
});
