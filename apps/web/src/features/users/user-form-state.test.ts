import { describe, expect, it } from "vitest";
import {
  ROLES,
  accessChangeOf,
  changesOf,
  emptyForm,
  hasGrade,
  makePassword,
  problemsOf,
} from "./user-form-state.ts";

const form = {
  ...emptyForm(["s-1"], "en"),
  name: "Lan Pham",
  email: "lan.pham@hospital.vn",
  password: "a long enough phrase",
};

describe("problemsOf", () => {
  it("finds nothing in a whole form", () => {
    expect(problemsOf(form, true)).toEqual({});
  });

  it("asks for everything a new user needs", () => {
    expect(problemsOf(emptyForm([], "en"), true)).toEqual({
      name: "missing",
      email: "missing",
      siteIds: "no-site",
      password: "missing",
    });
  });

  it("lets an existing user keep the password", () => {
    expect(problemsOf({ ...form, password: "" }, false)).toEqual({});
    expect(problemsOf({ ...form, password: "short" }, false)).toEqual({
      password: "too-short",
    });
  });

  it("refuses a password made of the person", () => {
    const of = (password: string) => problemsOf({ ...form, password }, true);
    expect(of("Lan.Pham-2026!").password).toBe("too-personal");
    expect(of("my name is lan pham").password).toBe("too-personal");
    expect(of("x".repeat(201)).password).toBe("too-long");
  });

  it("does not take a short name inside a password for personal", () => {
    const password = "a lantern in the yard";
    expect(problemsOf({ ...form, name: "Lan", password }, true)).toEqual({});
  });

  it("knows what surely is no address", () => {
    for (const email of ["lan", "lan@", "@b.vn", "a b@c.vn", "a@b@c.vn"]) {
      expect(problemsOf({ ...form, email }, true).email, email).toBe(
        "not-an-email",
      );
    }
  });
});

describe("accessChangeOf", () => {
  it("says what somebody may do more or less, and nothing of a name", () => {
    const before = { ...form, siteIds: ["s-1", "s-2"] };
    expect(accessChangeOf(before, { ...before, name: "Lan" })).toBeNull();
    expect(
      accessChangeOf(before, {
        ...before,
        role: "ADMIN",
        siteIds: ["s-2", "s-3"],
        isActive: false,
      }),
    ).toEqual({
      role: { from: "STAFF", to: "ADMIN" },
      grade: null,
      sitesGained: ["s-3"],
      sitesLost: ["s-1"],
      isActive: false,
    });
  });
});

describe("a reader's grade", () => {
  const reader = { ...form, role: "RADIOLOGIST", password: "" } as const;

  it("is a senior's unless somebody says otherwise", () => {
    expect(emptyForm([], "en").grade).toBe("SENIOR");
  });

  it("is of readers alone", () => {
    expect(ROLES.filter(hasGrade)).toEqual(["RADIOLOGIST"]);
  });

  it("is asked about and sent where it is another", () => {
    const junior = { ...reader, grade: "JUNIOR" } as const;
    expect(accessChangeOf(reader, junior)).toMatchObject({
      role: null,
      grade: { from: "SENIOR", to: "JUNIOR" },
    });
    expect(changesOf(reader, junior, "u-1")).toEqual({
      userId: "u-1",
      grade: "JUNIOR",
    });
  });
});

describe("changesOf", () => {
  it("sends only what is different", () => {
    const before = { ...form, password: "" };
    expect(
      changesOf(
        before,
        { ...before, role: "ADMIN", siteIds: ["s-1", "s-2"] },
        "u-1",
      ),
    ).toEqual({ userId: "u-1", role: "ADMIN", siteIds: ["s-1", "s-2"] });
    expect(changesOf(before, { ...before, name: "Lan Pham " }, "u-1")).toBe(
      null,
    );
  });

  it("does not mind the order of sites", () => {
    const before = { ...form, password: "", siteIds: ["s-1", "s-2"] };
    expect(changesOf(before, { ...before, siteIds: ["s-2", "s-1"] }, "u")).toBe(
      null,
    );
  });
});

describe("makePassword", () => {
  it("is four groups of five letters that are not misread", () => {
    const password = makePassword((bytes) => crypto.getRandomValues(bytes));
    expect(password).toMatch(/^([a-km-np-z2-9]{5}-){3}[a-km-np-z2-9]{5}$/);
  });

  it("follows the random bytes", () => {
    const password = makePassword((bytes) =>
      bytes.forEach((_, index) => (bytes[index] = index)),
    );
    expect(password).toBe("abcde-fghij-kmnpq-rstuv");
  });
});
