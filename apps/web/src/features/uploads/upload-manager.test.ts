import { describe, expect, it, vi } from "vitest";
import { SendFailure, type SendFilm, type SendRequest } from "./send-film.ts";
import { UploadManager } from "./upload-manager.ts";
import type { FilmResult } from "./upload-state.ts";

const ACCEPTED: FilmResult = {
  outcome: "accepted",
  caseId: "c1",
  imageId: "i1",
  code: null,
  message: null,
  canBeTaken: false,
  modality: null,
};
const DOUBTFUL: FilmResult = {
  ...ACCEPTED,
  outcome: "refused",
  caseId: null,
  imageId: null,
  code: "not-a-radiograph",
  canBeTaken: true,
  modality: "SC",
};

function picture(name: string) {
  const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]);
  return { file: new File([bytes], name), path: name };
}

function dicom(name: string) {
  const bytes = new Uint8Array(200);
  bytes.set([0x44, 0x49, 0x43, 0x4d], 128);
  return { file: new File([bytes], name), path: name };
}

/** A manager whose sending is answered by hand. */
function setUp(send: SendFilm, needsSite = false) {
  let next = 0;
  const later: (() => void)[] = [];
  const onSessionEnded = vi.fn();
  const manager = new UploadManager({
    send,
    newId: () => `f${String((next += 1))}`,
    todayIso: () => "2026-11-23",
    onSessionEnded,
    needsSite,
    later: (work) => later.push(work),
  });
  const steps = () => manager.read().films.map(({ status }) => status.step);
  return { manager, later, onSessionEnded, steps };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

describe("bringing films in", () => {
  it("sends DICOM at once and holds pictures for a person", async () => {
    const { manager, steps } = setUp(() => Promise.resolve(ACCEPTED));
    await manager.add([dicom("a.dcm"), picture("b.png")]);
    await settle();
    expect(steps()).toEqual(["done", "held"]);
  });

  it("sets a CD's own files aside and sends them if a person insists", async () => {
    const { manager, steps } = setUp(() => Promise.resolve(ACCEPTED));
    const beside = (path: string) => ({
      file: new File(["MZ"], path),
      path: `cd/${path}`,
    });
    await manager.add([beside("viewer.exe"), beside("Thumbs.db"), dicom("a")]);
    await settle();
    expect(steps()).toEqual(["aside", "aside", "done"]);
    manager.sendAside(["f1"]);
    await settle();
    expect(steps()).toEqual(["done", "aside", "done"]);
  });

  it("sends a doubtful film again as a chest film, once somebody says so", async () => {
    const sent: SendRequest[] = [];
    const { manager, steps } = setUp((request) => {
      sent.push(request);
      return Promise.resolve(request.takeAsChest ? ACCEPTED : DOUBTFUL);
    });
    await manager.add([dicom("a.dcm")]);
    await settle();
    expect(manager.read().films[0]?.status).toMatchObject({ result: DOUBTFUL });
    manager.takeAsChest("f1");
    await settle();
    expect(sent.map(({ takeAsChest }) => takeAsChest)).toEqual([false, true]);
    expect(manager.read().films[0]?.status).toMatchObject({ result: ACCEPTED });
    manager.takeAsChest("f1");
    await settle();
    expect(sent).toHaveLength(2);
    expect(steps()).toEqual(["done"]);
  });

  it("sends a picture with its own details over the shared ones", async () => {
    const sent: SendRequest[] = [];
    const { manager } = setUp((request) => {
      sent.push(request);
      return Promise.resolve(ACCEPTED);
    });
    await manager.add([picture("b.png")]);
    manager.setSite("s1");
    manager.setShared({ sex: "FEMALE", ageYears: "40" });
    manager.setDetails("f1", { mrn: "77", ageYears: "63" });
    manager.release(["f1"]);
    await settle();
    expect(sent[0]).toMatchObject({
      siteId: "s1",
      details: { mrn: "77", sex: "FEMALE", ageYears: 63 },
    });
  });

  it("keeps a picture whose details cannot be right", async () => {
    const { manager, steps } = setUp(() => Promise.resolve(ACCEPTED));
    await manager.add([picture("b.png")]);
    manager.setDetails("f1", { ageYears: "400" });
    manager.release(["f1"]);
    await settle();
    expect(steps()).toEqual(["held"]);
  });

  it("has at most four under way at once", async () => {
    const answers: (() => void)[] = [];
    const { manager, steps } = setUp(
      () => new Promise((resolve) => answers.push(() => resolve(ACCEPTED))),
    );
    await manager.add(["1", "2", "3", "4", "5", "6"].map(dicom));
    expect(answers).toHaveLength(4);
    answers[0]?.();
    await settle();
    expect(answers).toHaveLength(5);
    expect(steps().filter((step) => step === "queued")).toHaveLength(1);
  });

  it("tries again by itself when the line was down", async () => {
    const send = vi
      .fn<SendFilm>()
      .mockRejectedValueOnce(new SendFailure("NETWORK", "down"))
      .mockResolvedValueOnce(ACCEPTED);
    const { manager, later, steps } = setUp(send);
    await manager.add([dicom("a")]);
    await settle();
    expect(steps()).toEqual(["retrying"]);
    later[0]?.();
    await settle();
    expect(steps()).toEqual(["done"]);
  });

  it("goes on as long as each try brings something", async () => {
    const broken = () =>
      Object.assign(new SendFailure("NETWORK", "down"), { hasMoved: true });
    const send = vi.fn<SendFilm>((request) => {
      request.onProgress(0.42);
      return Promise.reject(broken());
    });
    const { manager, later, steps } = setUp(send);
    await manager.add([dicom("a")]);
    for (let tries = 0; tries < 9; tries += 1) {
      await settle();
      expect(manager.read().films[0]?.status).toMatchObject({
        step: "retrying",
        attempt: 1,
        sent: 0.42,
      });
      later[tries]?.();
    }
    send.mockResolvedValueOnce(ACCEPTED);
    await settle();
    later.at(-1)?.();
    await settle();
    expect(steps()).toEqual(["done"]);
  });

  it("leaves other failures to a person, who can try again", async () => {
    const send = vi
      .fn<SendFilm>()
      .mockRejectedValueOnce(new SendFailure("STORAGE_FULL", "No room."))
      .mockResolvedValueOnce(ACCEPTED);
    const { manager, steps } = setUp(send);
    await manager.add([dicom("a")]);
    await settle();
    expect(steps()).toEqual(["failed"]);
    manager.retry(["f1"]);
    await settle();
    expect(steps()).toEqual(["done"]);
  });

  it("says when the session is over", async () => {
    const { manager, onSessionEnded } = setUp(() =>
      Promise.reject(new SendFailure("UNAUTHENTICATED", "Sign in.")),
    );
    await manager.add([dicom("a")]);
    await settle();
    expect(onSessionEnded).toHaveBeenCalledTimes(1);
  });

  it("waits for the site where there are several", async () => {
    const { manager, steps } = setUp(() => Promise.resolve(ACCEPTED), true);
    await manager.add([dicom("a")]);
    await settle();
    expect(steps()).toEqual(["queued"]);
    manager.setSite("s1");
    await settle();
    expect(steps()).toEqual(["done"]);
  });

  it("stops a film that is taken off the list", async () => {
    let signal: AbortSignal | undefined;
    const { manager } = setUp((request) => {
      signal = request.signal;
      return new Promise(() => undefined);
    });
    await manager.add([dicom("a")]);
    manager.remove(["f1"]);
    expect(signal?.aborted).toBe(true);
    expect(manager.read().films).toEqual([]);
  });
});
