import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFolderObjectStore } from "./object-store-folder.ts";
import { createS3ObjectStore, parseS3Location } from "./object-store-s3.ts";
import { hashedKey, readWhole, type ObjectStore } from "./object-store.ts";
import { stageToFolder, storeErrorFrom } from "./object-store-staging.ts";
import { startFakeS3, type FakeS3 } from "./testing/fake-s3.ts";

/** Files in the folders of the processes that stage there. */
async function onTheirWay(parent: string): Promise<string[]> {
  const entries = await readdir(parent, {
    withFileTypes: true,
    recursive: true,
  });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

interface Subject {
  store: ObjectStore;
  stagingFolder: string;
  close(): Promise<void>;
}

async function folderSubject(): Promise<Subject> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-objects-"));
  return {
    store: await createFolderObjectStore({ folder }),
    stagingFolder: join(folder, "staging"),
    close: () => rm(folder, { recursive: true }),
  };
}

async function s3Subject(): Promise<Subject> {
  const fake = await startFakeS3();
  const stagingFolder = await mkdtemp(join(tmpdir(), "lung-iris-staging-"));
  return {
    store: await openFake(fake, stagingFolder),
    stagingFolder,
    async close() {
      await fake.close();
      await rm(stagingFolder, { recursive: true });
    },
  };
}

function openFake(fake: FakeS3, stagingFolder: string): Promise<ObjectStore> {
  return createS3ObjectStore({
    location: parseS3Location("s3://films/desk"),
    stagingFolder,
    times: { connectMs: 1_000, silenceMs: 1_000, checkMs: 1_000 },
    client: {
      endpoint: fake.endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    },
  });
}

describe("films on their way in", () => {
  const MIB = 2 ** 20;
  const refused = { code: "full" };

  it("are refused before the database has no space left, and leave nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-reserve-"));
    const body = () => Readable.from([Buffer.alloc(1_000)]);
    const little = () => Promise.resolve(100 * MIB);
    await expect(
      stageToFolder(folder, body(), {}, little),
    ).rejects.toMatchObject(refused);
    expect(await readdir(folder)).toEqual([]);
    const picture = { mayUseReserve: true };
    const kept = await stageToFolder(folder, body(), picture, little);
    expect(kept.bytes).toBe(1_000);
    await rm(folder, { recursive: true });
  });

  it("are broken off when the disk fills up meanwhile", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-reserve-"));
    const film = Readable.from(
      Array.from({ length: 30 }, () => Buffer.alloc(MIB)),
    );
    let free = 140 * MIB;
    const shrinking = () => Promise.resolve((free -= 8 * MIB));
    await expect(
      stageToFolder(folder, film, {}, shrinking),
    ).rejects.toMatchObject(refused);
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});

const sha256 = (bytes: Buffer) =>
  createHash("sha256").update(bytes).digest("hex");

describe.each([
  ["a folder", folderSubject],
  ["an S3 bucket", s3Subject],
])("object store in %s", (_name, create) => {
  let subject: Subject;
  beforeAll(async () => {
    subject = await create();
  });
  afterAll(() => subject.close());

  const put = async (key: string, bytes: Buffer) => {
    const staged = await subject.store.stage(Readable.from([bytes]));
    await staged.commit(key);
    return staged;
  };

  it("gives back exactly the bytes that were put, with hash and size", async () => {
    const bytes = randomBytes(100_000);
    const staged = await put("films/one", bytes);
    expect(staged.sha256).toBe(sha256(bytes));
    expect(staged.bytes).toBe(100_000);
    expect(await readWhole(subject.store, "films/one")).toEqual(bytes);
    expect(await subject.store.size("films/one")).toBe(100_000);
  });

  it("keeps an object larger than one upload part whole", async () => {
    const bytes = randomBytes(20 * 1024 * 1024 + 7);
    await put("films/large", bytes);
    const back = await readWhole(subject.store, "films/large");
    expect(sha256(back)).toBe(sha256(bytes));
  });

  it("reads an inclusive range and tells the whole size", async () => {
    await put("films/range", Buffer.from("0123456789"));
    const found = await subject.store.read("films/range", { start: 2, end: 4 });
    const chunks: Buffer[] = [];
    for await (const chunk of found.stream) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe("234");
    expect(found.bytes).toBe(10);
  });

  it("says that an object is missing instead of giving nothing", async () => {
    expect(await subject.store.size("films/none")).toBeNull();
    await expect(subject.store.read("films/none")).rejects.toMatchObject({
      code: "missing",
    });
  });

  it("keeps nothing of a body past the limit", async () => {
    const body = Readable.from([randomBytes(1_000), randomBytes(1_000)]);
    await expect(
      subject.store.stage(body, { maxBytes: 1_999 }),
    ).rejects.toMatchObject({ code: "too-large" });
    expect(await onTheirWay(subject.stagingFolder)).toEqual([]);
  });

  it("accepts a body of exactly the limit", async () => {
    const body = Readable.from([randomBytes(2_000)]);
    const staged = await subject.store.stage(body, { maxBytes: 2_000 });
    await staged.discard();
    expect(await onTheirWay(subject.stagingFolder)).toEqual([]);
  });

  it("keeps nothing of a transfer that was broken off", async () => {
    const cancel = new AbortController();
    const body = new Readable({ read: () => undefined });
    body.push(randomBytes(1_000));
    const staging = subject.store.stage(body, { signal: cancel.signal });
    cancel.abort();
    await expect(staging).rejects.toMatchObject({ code: "aborted" });
    expect(await onTheirWay(subject.stagingFolder)).toEqual([]);
  });

  it("takes the same key twice, also at the same time", async () => {
    const bytes = randomBytes(5_000);
    const key = hashedKey("films", sha256(bytes));
    await Promise.all([put(key, bytes), put(key, bytes), put(key, bytes)]);
    expect(await readWhole(subject.store, key)).toEqual(bytes);
    expect(await onTheirWay(subject.stagingFolder)).toEqual([]);
  });

  it("ignores a discard after the commit", async () => {
    const staged = await put("films/kept", Buffer.from("kept"));
    await staged.discard();
    expect(await subject.store.size("films/kept")).toBe(4);
  });

  it("removes an object, and one that is not there without complaint", async () => {
    await put("films/gone", Buffer.from("x"));
    await subject.store.remove("films/gone");
    await subject.store.remove("films/gone");
    expect(await subject.store.size("films/gone")).toBeNull();
  });

  it("refuses keys that lead out of the store", async () => {
    for (const key of ["../x", "/x", "a/../../x", "a//b", "A", ""]) {
      await expect(subject.store.read(key)).rejects.toThrow(TypeError);
    }
  });

  it("passes its own health check", async () => {
    await expect(subject.store.check()).resolves.toBeUndefined();
  });
});

describe("object store in an S3 bucket that refuses", () => {
  it("calls a used-up quota full and leaves no upload open", async () => {
    const fake = await startFakeS3();
    const stagingFolder = await mkdtemp(join(tmpdir(), "lung-iris-staging-"));
    const store = await openFake(fake, stagingFolder);
    fake.refuseWrites(507);
    const staged = await store.stage(Readable.from([Buffer.from("film")]));
    await expect(staged.commit("films/x")).rejects.toMatchObject({
      code: "full",
    });
    await staged.discard();
    expect(await onTheirWay(stagingFolder)).toEqual([]);
    expect(fake.openUploads()).toBe(0);
    await fake.close();
    await expect(store.check()).rejects.toMatchObject({ code: "unavailable" });
    await rm(stagingFolder, { recursive: true });
  });

  it("that falls silent is away within seconds, for all that is asked of it", async () => {
    const fake = await startFakeS3();
    const stagingFolder = await mkdtemp(join(tmpdir(), "lung-iris-staging-"));
    const store = await openFake(fake, stagingFolder);
    const film = await store.stage(Readable.from([randomBytes(100)]));
    await film.commit("films/silent");
    fake.fallSilent(true);
    const away = { code: "unavailable" };
    const next = await store.stage(Readable.from([randomBytes(100)]));
    await Promise.all([
      expect(store.check()).rejects.toMatchObject(away),
      expect(store.size("films/silent")).rejects.toMatchObject(away),
      expect(store.read("films/silent")).rejects.toMatchObject(away),
      expect(next.commit("films/next")).rejects.toMatchObject(away),
    ]);
    fake.fallSilent(false);
    await next.commit("films/next");
    expect(await store.size("films/next")).toBe(100);
    await fake.close();
    await rm(stagingFolder, { recursive: true });
  }, 60_000);

  it("reads bucket and prefix from the address, and refuses another", () => {
    expect(parseS3Location("s3://films")).toEqual({
      bucket: "films",
      prefix: "",
    });
    expect(parseS3Location("s3://films/a/b/")).toEqual({
      bucket: "films",
      prefix: "a/b/",
    });
    expect(() => parseS3Location("http://films")).toThrow(TypeError);
  });
});

describe("what the file system says", () => {
  it.each(["ENOSPC", "EDQUOT"])("is a full store for %s", (code) => {
    const error = Object.assign(new Error("no space"), { code });
    expect(storeErrorFrom(error)).toMatchObject({ code: "full" });
  });
  it("stays what it is where the store has no word for it", () => {
    const error = new Error("something else");
    expect(storeErrorFrom(error)).toBe(error);
  });
});
