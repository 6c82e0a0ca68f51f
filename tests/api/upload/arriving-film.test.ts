import { createHash } from "node:crypto";
import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { filmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import { lockOrphan } from "../../../apps/api/src/features/intake/arriving-film.store.ts";
import { sweepArrivals } from "../../../apps/api/src/features/intake/arriving-film.sweep.ts";
import { chestPng, upload, uploadOne } from "../../testkit/films.ts";
import { liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import { until } from "../../testkit/worker.ts";

/** Such a film is refused by the database, after its bytes were put away. */
const CURSED = "cursed.png";

describe("bytes of a film that never came in", () => {
  let server: TestServer;
  let staff: SignedIn;
  let film: Buffer;
  let seed = 900;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    await liveTestModel(server);
    const { client } = server.database;
    await client.$executeRawUnsafe(`
      CREATE FUNCTION refuse_cursed() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the database went away'; END $$`);
    await client.$executeRawUnsafe(`
      CREATE TRIGGER refuse_cursed BEFORE INSERT ON "Image" FOR EACH ROW
      WHEN (NEW."originalName" = '${CURSED}') EXECUTE FUNCTION refuse_cursed()`);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    staff = await asStaff(server, (await aSite(server)).id);
    seed += 1;
    film = await chestPng(seed, 256);
  });

  const isStored = async () => {
    const sha256 = createHash("sha256").update(film).digest("hex");
    return (await server.objectStore.size(filmKey(sha256))) !== null;
  };
  const sweep = () =>
    sweepArrivals({
      client: server.appDatabase.client,
      objectStore: server.objectStore,
    });
  const breakOff = async () => {
    await upload(staff, [{ name: CURSED, bytes: film }]).catch(() => null);
    expect(await isStored()).toBe(true);
  };
  const aDayLater = () =>
    server.database.client
      .$executeRaw`UPDATE "ArrivingFilm" SET "createdAt" = now() - interval '25 hours'`;
  const notes = () => server.database.client.arrivingFilm.count();

  it("are swept a day later, and not before", async () => {
    await breakOff();
    expect(await sweep()).toBe(0);
    expect(await isStored()).toBe(true);
    await aDayLater();
    expect(await sweep()).toBe(1);
    expect(await isStored()).toBe(false);
    expect(await notes()).toBe(0);
  });

  it("stay where the film came in after all, at whatever site", async () => {
    await breakOff();
    const elsewhere = await asStaff(server, (await aSite(server)).id);
    await uploadOne(elsewhere, film);
    await aDayLater();
    expect(await sweep()).toBe(0);
    expect(await isStored()).toBe(true);
    expect(await notes()).toBe(0);
  });

  it("are put there again by who brings them while they are swept", async () => {
    await breakOff();
    const note = await server.database.client.arrivingFilm.findFirstOrThrow();
    let sending: Promise<unknown> | undefined;
    await withTransaction(server.appDatabase.client, async (tx) => {
      expect(await lockOrphan(tx, note)).toBe(true);
      sending = uploadOne(staff, film);
      await until(async () => {
        const [waits] = await server.database.client.$queryRaw<
          { count: bigint }[]
        >`SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
        return waits !== undefined && waits.count > 0n;
      }, "the upload does not wait for the sweep");
      await server.objectStore.remove(filmKey(note.sha256));
    });
    await sending;
    expect(await isStored()).toBe(true);
  });

  it("leave no note where all went well", async () => {
    await server.database.client.arrivingFilm.deleteMany();
    await uploadOne(staff, film);
    expect(await notes()).toBe(0);
  });
});
