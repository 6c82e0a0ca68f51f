import { describe, expect, it } from "vitest";
import { DraftStore, EMPTY_DRAFT, isEmptyDraft } from "./review-draft.ts";

const NOW = 1_800_000_000_000;
const DAY = 24 * 60 * 60 * 1000;

/** localStorage's contract on a Map. */
class MemoryStorage {
  readonly items = new Map<string, string>();
  isFull = false;
  get length() {
    return this.items.size;
  }
  key(index: number) {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string) {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string) {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.items.set(key, value);
  }
  removeItem(key: string) {
    this.items.delete(key);
  }
}

const draft = {
  ...EMPTY_DRAFT,
  blindLabel: "PNEUMONIA" as const,
  label: "PNEUMONIA" as const,
  comment: "Right lower zone",
  marks: [
    {
      id: "m",
      imageId: "i",
      finding: "pneumonia",
      x: 1.5,
      y: 2,
      width: 30,
      height: 40,
    },
  ],
};

describe("drafts of reviews", () => {
  it("come back as they were written", () => {
    const store = new DraftStore(new MemoryStorage(), "reader");
    expect(store.write("case", draft, NOW)).toBe(true);
    expect(store.read("case")).toEqual({ version: 1, savedAt: NOW, draft });
  });

  it("belong to one reader", () => {
    const storage = new MemoryStorage();
    new DraftStore(storage, "reader").write("case", draft, NOW);
    expect(new DraftStore(storage, "other").read("case")).toBeNull();
  });

  it("are forgotten when nothing is left in them", () => {
    const storage = new MemoryStorage();
    const store = new DraftStore(storage, "reader");
    store.write("case", draft, NOW);
    store.write("case", EMPTY_DRAFT, NOW);
    expect(storage.length).toBe(0);
  });

  it("say when the browser has no room for them", () => {
    const storage = new MemoryStorage();
    storage.isFull = true;
    const store = new DraftStore(storage, "reader");
    expect(store.write("case", draft, NOW)).toBe(false);
  });

  it("are not read when they are broken or of another shape", () => {
    const storage = new MemoryStorage();
    storage.setItem("lung-iris:draft:reader:a", "{");
    storage.setItem("lung-iris:draft:reader:b", '{"version":1,"draft":{}}');
    const store = new DraftStore(storage, "reader");
    expect(store.read("a")).toBeNull();
    expect(store.read("b")).toBeNull();
  });

  it("are removed after a week, whoever's they are, and nothing else is", () => {
    const storage = new MemoryStorage();
    const store = new DraftStore(storage, "reader");
    store.write("old", draft, NOW - 8 * DAY);
    store.write("new", draft, NOW - 6 * DAY);
    storage.setItem("lung-iris:site:reader", "all");
    new DraftStore(storage, "other").removeOld(NOW);
    expect([...storage.items.keys()]).toEqual([
      "lung-iris:draft:reader:new",
      "lung-iris:site:reader",
    ]);
  });

  it("are empty until an opinion, words or marks are in them", () => {
    expect(isEmptyDraft(EMPTY_DRAFT)).toBe(true);
    expect(isEmptyDraft({ ...EMPTY_DRAFT, isRevealed: true })).toBe(true);
    expect(isEmptyDraft({ ...EMPTY_DRAFT, comment: "x" })).toBe(false);
    expect(isEmptyDraft(draft)).toBe(false);
  });
});
