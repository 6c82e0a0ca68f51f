import type { RosterPatient } from "./roster-types.ts";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Films without acute disease, and those nothing is known of. */
export const ROUTINE: readonly RosterPatient[] = [
  {
    family: "Vũ",
    given: "Ngọc Lan",
    sex: "F",
    born: "1985-03-28",
    weightKg: 54,
    films: [{ seed: 4110, minutesBeforeNow: 64, format: "png" }],
  },
  {
    family: "Bennett",
    given: "Thomas",
    sex: "M",
    born: "1976-10-14",
    weightKg: 91,
    build: "large",
    films: [
      {
        seed: 4111,
        minutesBeforeNow: 5 * HOUR,
        format: "dicom",
        note: "Before surgery of the knee.",
      },
    ],
  },
  {
    family: "Bùi",
    given: "Minh Khang",
    sex: "M",
    born: "2018-05-16",
    weightKg: 27,
    films: [
      {
        seed: 4112,
        minutesBeforeNow: 33,
        format: "png",
        flags: ["cough"],
        note: "Cough for three weeks, no fever.",
      },
    ],
  },
  {
    family: "Đỗ",
    given: "Thanh Tùng",
    sex: "M",
    born: "1998-01-07",
    weightKg: 66,
    films: [{ seed: 4113, minutesBeforeNow: 7 * HOUR, format: "jpeg" }],
  },
  {
    family: "Achterberg",
    given: "Sofie",
    sex: "F",
    born: "1971-08-21",
    weightKg: 69,
    films: [
      {
        seed: 4114,
        minutesBeforeNow: 6 * HOUR,
        format: "dicom",
        bitsStored: 16,
      },
    ],
  },
  {
    family: "Hồ",
    given: "Thị Kim Anh",
    sex: "F",
    born: "1952-02-02",
    weightKg: 49,
    build: "slim",
    films: [
      {
        seed: 4115,
        minutesBeforeNow: 9 * HOUR,
        format: "dicom",
        view: "AP",
        flags: ["dyspnoea"],
        note: "Bedside film; heart failure known.",
      },
    ],
  },
  {
    family: "Ngô",
    given: "Đức Anh",
    sex: "M",
    born: "1965-06-30",
    weightKg: 71,
    films: [{ seed: 4116, minutesBeforeNow: 11 * HOUR, format: "png" }],
  },
  {
    family: "Murphy",
    given: "Sinéad",
    sex: "F",
    born: "2001-04-04",
    weightKg: 60,
    films: [
      {
        seed: 4117,
        minutesBeforeNow: 26 * HOUR,
        format: "jpeg",
        note: "Contact with tuberculosis at work.",
      },
    ],
  },
  {
    family: "Dương",
    given: "Khánh Linh",
    sex: "F",
    born: "2022-12-11",
    weightKg: 14.5,
    films: [{ seed: 4118, minutesBeforeNow: 88, format: "png", view: "AP" }],
  },
  {
    family: "Lý",
    given: "Chí Thành",
    sex: "M",
    born: "1940-09-23",
    weightKg: 57,
    build: "slim",
    films: [
      {
        seed: 4119,
        minutesBeforeNow: 300 * DAY,
        format: "png",
        note: "Yearly check.",
      },
      {
        seed: 4119,
        minutesBeforeNow: 13 * HOUR,
        format: "png",
        note: "Yearly check.",
      },
    ],
  },
  {
    family: "Fernandes",
    given: "Lucia",
    sex: "F",
    born: "1982-11-18",
    weightKg: 63,
    films: [{ seed: 4120, minutesBeforeNow: 30 * HOUR, format: "dicom" }],
  },
  {
    family: "Cao",
    given: "Xuân Trường",
    sex: "M",
    born: "1990-05-05",
    weightKg: 73,
    films: [
      {
        seed: 4121,
        minutesBeforeNow: 2 * DAY,
        format: "dicom",
        implicit: true,
      },
    ],
  },
  {
    family: "Mai",
    given: "Phương Thảo",
    sex: "F",
    born: "1978-07-27",
    weightKg: 57,
    films: [{ seed: 4122, minutesBeforeNow: 52 * HOUR, format: "png" }],
  },
  {
    family: "Harrington",
    given: "George",
    sex: "M",
    born: "1955-03-15",
    weightKg: 88,
    build: "large",
    films: [
      {
        seed: 4123,
        minutesBeforeNow: 3 * DAY,
        format: "dicom",
        pathology: "consolidation",
        sites: ["right-upper-lobe"],
        extent: 0.75,
        density: 0.75,
        flags: ["cough"],
      },
    ],
  },
  {
    family: "Tạ",
    given: "Bích Ngọc",
    sex: "F",
    born: "2016-10-29",
    weightKg: 31,
    films: [{ seed: 4124, minutesBeforeNow: 76 * HOUR, format: "png" }],
  },
  {
    family: "Okafor",
    given: "Chidi",
    sex: "M",
    born: "1995-12-24",
    weightKg: 79,
    films: [{ seed: 4125, minutesBeforeNow: 4 * DAY, format: "jpeg" }],
  },
  {
    family: "Trịnh",
    given: "Công Sơn Hải",
    sex: "M",
    born: "1960-08-08",
    weightKg: 64,
    films: [
      {
        seed: 4126,
        minutesBeforeNow: 100 * HOUR,
        format: "png",
        pathology: "consolidation",
        sites: ["lingula"],
        extent: 0.8,
        density: 0.8,
        flags: ["fever"],
      },
    ],
  },
];

/** Films of other views and other things, sent as chest films by mistake. */
export const MISTAKEN: readonly RosterPatient[] = [
  {
    family: "Sørensen",
    given: "Ingrid",
    sex: "F",
    born: "1967-01-31",
    weightKg: 70,
    films: [
      {
        seed: 4127,
        minutesBeforeNow: 58,
        format: "dicom",
        notAChest: "lateral",
        note: "Second view of the same visit.",
      },
    ],
  },
  {
    family: "Lâm",
    given: "Nhật Nam",
    sex: "M",
    born: "2010-03-20",
    weightKg: 44,
    films: [
      {
        seed: 4128,
        minutesBeforeNow: 110,
        format: "png",
        notAChest: "hand",
        note: "Fell off a bicycle.",
      },
    ],
  },
];
