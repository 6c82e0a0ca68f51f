import { describe, expect, it } from "vitest";
import { readDicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";
import { clockTime, day, zoneMinutes } from "./exam-time.ts";
import { personNames } from "./person-names.ts";

async function identityOf(more: readonly DicomElement[]) {
  const pixels = Array.from({ length: 256 }, (_, i) => 16 * i);
  const film = filmElements({ rows: 16, columns: 16, pixels, more });
  const limits = { ...DEFAULT_PICTURE_LIMITS, minSide: 8 };
  return (await readDicomPicture(writeDicom(film), limits)).header.identity;
}

const timeOf = async (more: readonly DicomElement[]) =>
  (await identityOf(more)).examTime;

describe("readIdentity", () => {
  it("reads what other systems name a film by", async () => {
    expect(
      await identityOf([
        ["00080016", "UI", "1.2.840.10008.5.1.4.1.1.1"],
        ["00080090", "PN", "WARD^Iris^^Dr"],
        ["00081010", "SH", "ROOM 3"],
        ["00081040", "LO", "Emergency"],
        ["0008103E", "LO", "Thorax  PA"],
        ["00100010", "PN", "DOE^JANE^Q^Dr^Jr"],
        ["00100021", "LO", "HCM"],
        ["00101010", "AS", "045Y"],
        ["00200011", "IS", "2"],
        ["00200060", "CS", "L"],
        ["00321060", "LO", "Chest film"],
        ["00380300", "LO", " ICU  2^Bed 4"],
      ]),
    ).toEqual({
      names: {
        alphabetic: {
          family: "DOE",
          given: "JANE",
          middle: "Q",
          prefix: "Dr",
          suffix: "Jr",
        },
      },
      issuer: "HCM",
      examTime: { date: null, time: null, zoneMinutes: null },
      statedAge: "045Y",
      statedAgeYears: 45,
      sopClassUid: "1.2.840.10008.5.1.4.1.1.1",
      referringPhysician: "WARD Iris Dr",
      requestedProcedure: "Chest film",
      ward: "ICU 2^Bed 4",
      department: "Emergency",
      series: {
        description: "Thorax PA",
        number: 2,
        laterality: "L",
        station: "ROOM 3",
        manufacturer: null,
        model: null,
      },
    });
  });

  it("makes up no ward", async () => {
    const empty = ["00380300", "LO", " "] as const;
    expect(await identityOf([empty])).toMatchObject({
      ward: null,
      department: null,
    });
  });

  it.each(["000Y", "000M", "000W", "000D"])(
    "takes the age %s for unknown",
    async (age) => {
      const { statedAgeYears } = await identityOf([["00101010", "AS", age]]);
      expect(statedAgeYears).toBeNull();
    },
  );
});

describe("when the film was taken", () => {
  it("is unknown where the header names no day", async () => {
    expect(await timeOf([["00080030", "TM", "101500"]])).toEqual({
      date: null,
      time: null,
      zoneMinutes: null,
    });
  });

  it("is one source's day and time, with the zone", async () => {
    expect(
      await timeOf([
        ["00080020", "DA", "20190512"],
        ["00080030", "TM", "143000"],
        ["00080022", "DA", "20190513"],
        ["00080032", "TM", "010000"],
        ["00080201", "SH", "+0700"],
      ]),
    ).toEqual({ date: "2019-05-12", time: "14:30:00", zoneMinutes: 420 });
  });

  it("falls back on the acquisition's date-time", async () => {
    expect(await timeOf([["0008002A", "DT", "20190512143000.5-0330"]])).toEqual(
      { date: "2019-05-12", time: "14:30:00", zoneMinutes: -210 },
    );
  });

  it("takes a time that the study lacks from the same day only", async () => {
    const time = async (acquired: string) =>
      (
        await timeOf([
          ["00080020", "DA", "20190512"],
          ["00080030", "TM", "9999"],
          ["00080022", "DA", acquired],
          ["00080032", "TM", "110000"],
        ])
      ).time;
    expect(await time("20190512")).toBe("11:00:00");
    expect(await time("20190601")).toBeNull();
  });

  it.each([
    ["84512", "08:45:12"],
    ["084512.123", "08:45:12"],
    ["0845", "08:45:00"],
    ["845", "08:45:00"],
    ["08:45:12", "08:45:12"],
    ["235960", "23:59:59"],
    ["254512", null],
    ["8", null],
    ["", null],
    ["noon", null],
  ])("reads the time %j as %s", (text, time) => {
    expect(clockTime(text)).toBe(time);
  });

  it.each([
    ["20190230", null],
    ["18940101", null],
    ["2019.05.12", "2019-05-12"],
  ])("reads the day %s as %s", (text, iso) => {
    expect(day(text)).toBe(iso);
  });

  it.each([
    ["+0700", 420],
    ["-0330", -210],
    ["+1500", null],
    ["0", null],
  ])("reads the zone %s as %s", (text, minutes) => {
    expect(zoneMinutes(text)).toBe(minutes);
  });
});

describe("personNames", () => {
  it("keeps the three groups apart and drops the empty ones", () => {
    const names = personNames("Hong^Gildong=洪^吉洞=홍^길동");
    expect(names.alphabetic?.family).toBe("Hong");
    expect(names.ideographic?.given).toBe("吉洞");
    expect(names.phonetic?.given).toBe("길동");
    expect(personNames("^^=^=")).toEqual({});
  });
});
