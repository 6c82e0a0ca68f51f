import dcmjs from "dcmjs";
import { describe, expect, it } from "vitest";
import { makePhantom } from "../make-phantom.ts";
import { encodePhantomDicom, type DicomOptions } from "./dicom.ts";

// In implicit files dcmjs notes that it takes pixel data ("ox") to be words.
dcmjs.log.getLogger("validation.dcmjs").setLevel("error");

const film = makePhantom({ seed: 8, width: 96, height: 128 });
const patient = {
  familyName: "Nguyễn",
  givenName: "Thị Ánh",
  id: "P-77",
  birthDate: "19790214",
  sex: "F",
  ageYears: 47.8,
  weightKg: 53.27,
} as const;
const study = {
  date: "20261123",
  time: "081500",
  accessionNumber: "A-5",
  description: "Chest PA",
};

function read(options: DicomOptions = {}): {
  meta: Record<string, unknown>;
  data: Record<string, unknown>;
  pixels: Uint8Array;
} {
  const bytes = encodePhantomDicom(film, patient, { study, ...options });
  const copy = Uint8Array.from(bytes);
  const file = dcmjs.data.DicomMessage.readFile(copy.buffer);
  const pixels = file.dict["7FE00010"]?.Value[0];
  if (!(pixels instanceof ArrayBuffer)) throw new Error("no pixel data");
  const dictionary = dcmjs.data.DicomMetaDictionary;
  return {
    meta: dictionary.naturalizeDataset(file.meta),
    data: dictionary.naturalizeDataset(file.dict),
    pixels: new Uint8Array(pixels),
  };
}

function words(bytes: Uint8Array): Uint16Array {
  return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
}

describe("encodePhantomDicom", () => {
  it("says who, when and what in the header", () => {
    const { data, meta } = read();
    expect(meta["TransferSyntaxUID"]).toBe("1.2.840.10008.1.2.1");
    expect(meta["MediaStorageSOPInstanceUID"]).toBe(data["SOPInstanceUID"]);
    expect(data).toMatchObject({
      SOPClassUID: "1.2.840.10008.5.1.4.1.1.1.1",
      SpecificCharacterSet: "ISO_IR 192",
      Modality: "DX",
      PatientID: "P-77",
      PatientBirthDate: "19790214",
      PatientSex: "F",
      PatientAge: "047Y",
      PatientWeight: 53.3,
      StudyDate: "20261123",
      StudyTime: "081500",
      AccessionNumber: "A-5",
      StudyDescription: "Chest PA",
      BodyPartExamined: "CHEST",
      ViewPosition: "PA",
      Rows: 128,
      Columns: 96,
      PresentationLUTShape: "IDENTITY",
    });
    expect(String(data["PatientName"])).toContain("Nguyễn^Thị Ánh");
  });

  it("keeps every pixel, little endian, explicit or implicit", () => {
    for (const transferSyntax of ["explicit", "implicit"] as const) {
      const { pixels, meta } = read({ transferSyntax });
      expect(words(pixels)).toEqual(film.pixels);
      expect(meta["TransferSyntaxUID"]).toBe(
        transferSyntax === "explicit"
          ? "1.2.840.10008.1.2.1"
          : "1.2.840.10008.1.2",
      );
    }
  });

  it("turns the values round for MONOCHROME1 and says so", () => {
    const { data, pixels } = read({ photometric: "MONOCHROME1" });
    expect(data).toMatchObject({
      PhotometricInterpretation: "MONOCHROME1",
      PresentationLUTShape: "INVERSE",
    });
    expect(words(pixels)).toEqual(film.pixels.map((value) => 4095 - value));
  });

  it.each([
    [8, 8, 7],
    [10, 16, 9],
    [16, 16, 15],
  ])("scales to %i bits", (bitsStored, allocated, highBit) => {
    const { data, pixels } = read({ bitsStored });
    expect(data).toMatchObject({
      BitsAllocated: allocated,
      BitsStored: bitsStored,
      HighBit: highBit,
      PixelRepresentation: 0,
    });
    const stored = bitsStored === 8 ? pixels : words(pixels);
    const scale = (2 ** bitsStored - 1) / 4095;
    expect([...stored]).toEqual(
      [...film.pixels].map((value) => Math.round(value * scale)),
    );
  });

  it("writes the rescale and a window over the whole rescaled range", () => {
    const { data } = read({ rescale: { slope: 2, intercept: -1000 } });
    // 4096 values of 2 each: centre −1000 + 4096, width 8192.
    expect(data).toMatchObject({
      RescaleSlope: 2,
      RescaleIntercept: -1000,
      WindowCenter: 3096,
      WindowWidth: 8192,
    });
  });

  it("gives one film one UID, and another film of the study another", () => {
    const first = read().data;
    expect(read().data["SOPInstanceUID"]).toBe(first["SOPInstanceUID"]);
    const other = encodePhantomDicom(
      makePhantom({ seed: 9, width: 96, height: 128 }),
      patient,
      { study },
    );
    const { dict } = dcmjs.data.DicomMessage.readFile(
      Uint8Array.from(other).buffer,
    );
    expect(dict["0020000D"]?.Value[0]).toBe(first["StudyInstanceUID"]);
    expect(dict["00080018"]?.Value[0]).not.toBe(first["SOPInstanceUID"]);
    expect(String(first["SOPInstanceUID"])).toMatch(/^2\.25\.[1-9]\d{30,38}$/u);
  });

  it("counts the age of infants in months", () => {
    const bytes = encodePhantomDicom(film, { ...patient, ageYears: 1.25 });
    const { dict } = dcmjs.data.DicomMessage.readFile(
      Uint8Array.from(bytes).buffer,
    );
    expect(dict["00101010"]?.Value[0]).toBe("015M");
  });

  it("refuses depths that no detector has", () => {
    expect(() => encodePhantomDicom(film, patient, { bitsStored: 7 })).toThrow(
      RangeError,
    );
    expect(() => encodePhantomDicom(film, patient, { bitsStored: 17 })).toThrow(
      RangeError,
    );
  });
});
