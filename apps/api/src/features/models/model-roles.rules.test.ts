import { describe, expect, it } from "vitest";
import { roleAt, rolesAt, type CurrentRole } from "./model-roles.rules.ts";

const role = (
  modelVersionId: string,
  role: CurrentRole["role"],
  siteId: string | null = null,
): CurrentRole => ({ siteId, modelVersionId, role });

describe("the models of a site", () => {
  it("are the desk's where the site has none of its own", () => {
    const current = [role("a", "LIVE"), role("b", "SHADOW")];
    expect(rolesAt("here", current)).toEqual({ live: "a", shadows: ["b"] });
  });

  it("are its own live one before the desk's, with the shadows of both", () => {
    const current = [
      role("a", "LIVE"),
      role("b", "SHADOW"),
      role("c", "LIVE", "here"),
      role("d", "SHADOW", "here"),
      role("b", "SHADOW", "here"),
    ];
    const { live, shadows } = rolesAt("here", current);
    expect(live).toBe("c");
    expect(shadows.sort()).toEqual(["b", "d"]);
    expect(rolesAt("there", current)).toEqual({ live: "a", shadows: ["b"] });
  });

  it("never have the live one as a shadow beside", () => {
    const current = [role("a", "LIVE", "here"), role("a", "SHADOW")];
    expect(rolesAt("here", current)).toEqual({ live: "a", shadows: [] });
    expect(roleAt("here", "a", current)).toBe("LIVE");
    expect(roleAt("there", "a", current)).toBe("SHADOW");
  });

  it("are none before the first", () => {
    expect(rolesAt("here", [])).toEqual({ live: null, shadows: [] });
    expect(roleAt("here", "a", [])).toBeNull();
  });
});
