import type { Label } from "@lung-iris/prisma";
import type { ReportLanguage } from "./report.ts";

/** Where in the chest something is seen, as far as the reader said. */
export interface Place {
  side: "LEFT" | "RIGHT" | "BOTH" | null;
  zones: readonly ("UPPER" | "MIDDLE" | "LOWER")[];
}

/** What a language needs to say of a film; sentences begin in lower case. */
export interface ReportWords {
  /** "in the right lower zone"; "" where nothing was said of the place. */
  place: (place: Place) => string;
  present: (name: string, place: string) => string;
  uncertain: (name: string, place: string) => string;
  /** All that is absent, in one sentence. */
  absent: (names: readonly string[]) => string;
  /** What a label says where no finding says it; "" for nothing to say. */
  findingsOf: Record<Label, string>;
  impressionOf: Record<Label, string>;
  modality: (modality: string) => string;
  view: Record<"PA" | "AP" | "LATERAL", string>;
  films: (count: number) => string;
  chest: string;
  comparedWith: (film: string, day: string | null) => string;
  /** Stands in "comparison" where there is no earlier signed film. */
  nothingToCompare: string;
  flags: Record<string, string>;
}

const ZONES_EN = { UPPER: "upper", MIDDLE: "middle", LOWER: "lower" } as const;
const ZONES_VI = { UPPER: "trên", MIDDLE: "giữa", LOWER: "dưới" } as const;

/** "a, b and c". */
function listed(words: readonly string[], and: string): string {
  const last = words.at(-1) ?? "";
  if (words.length < 2) return last;
  return `${words.slice(0, -1).join(", ")} ${and} ${last}`;
}

/** "2 August 2026" or "2 tháng 8, 2026": a day of the calendar, in no zone. */
export function dayInWords(day: Date, language: ReportLanguage): string {
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : "vi-VN", {
    day: language === "en" ? "numeric" : "2-digit",
    month: language === "en" ? "long" : "2-digit",
    year: "numeric",
    timeZone: "UTC",
  }).format(day);
}

const EN: ReportWords = {
  place: ({ side, zones }) => {
    const names = listed(
      zones.map((zone) => ZONES_EN[zone]),
      "and",
    );
    if (names === "") {
      if (side === null) return "";
      return side === "BOTH"
        ? "on both sides"
        : `on the ${side === "LEFT" ? "left" : "right"}`;
    }
    if (side === "BOTH") return `in both ${names} zones`;
    const noun = zones.length > 1 ? "zones" : "zone";
    const sideName = side === null ? "" : `${side.toLowerCase()} `;
    return `in the ${sideName}${names} ${noun}`;
  },
  present: (name, place) => [name, place].filter(Boolean).join(" "),
  uncertain: (name, place) =>
    ["possible", lowered(name), place].filter(Boolean).join(" "),
  absent: (names) => `no ${listed(names.map(lowered), "or")}`,
  findingsOf: {
    NORMAL:
      "The lungs are clear. No pleural effusion or pneumothorax. Heart and mediastinum are of normal size and shape. No abnormality of the bones.",
    PNEUMONIA: "Opacity in keeping with pneumonia.",
    OTHER: "",
    NOT_DIAGNOSTIC: "",
  },
  impressionOf: {
    NORMAL: "Normal chest film.",
    PNEUMONIA: "Pneumonia.",
    OTHER: "No sign of pneumonia.",
    NOT_DIAGNOSTIC: "The film does not allow a diagnosis.",
  },
  modality: (modality) => `Chest radiograph (${modality})`,
  view: { PA: "PA view", AP: "AP view", LATERAL: "lateral view" },
  films: (count) => (count === 1 ? "" : `${String(count)} films`),
  chest: "chest",
  comparedWith: (film, day) =>
    day === null
      ? `Compared with the earlier ${film}, of unknown date.`
      : `Compared with ${film} of ${day}.`,
  nothingToCompare: "No earlier film with a signed report at this site.",
  flags: {
    emergency: "emergency",
    "low-spo2": "low oxygen saturation",
    sepsis: "sepsis",
    "intensive-care": "intensive care",
    fever: "fever",
    cough: "cough",
    dyspnoea: "shortness of breath",
    tachypnoea: "fast breathing",
    immunosuppressed: "immunosuppressed",
  },
};

const VI: ReportWords = {
  place: ({ side, zones }) => {
    const names = listed(
      zones.map((zone) => ZONES_VI[zone]),
      "và",
    );
    const sideName =
      side === null
        ? ""
        : { LEFT: "bên trái", RIGHT: "bên phải", BOTH: "hai bên" }[side];
    if (names === "") return sideName;
    return ["ở vùng", names, sideName].filter(Boolean).join(" ");
  },
  present: (name, place) => [name, place].filter(Boolean).join(" "),
  uncertain: (name, place) =>
    ["nghi ngờ", lowered(name), place].filter(Boolean).join(" "),
  absent: (names) => `không thấy ${listed(names.map(lowered), "hoặc")}`,
  findingsOf: {
    NORMAL:
      "Hai phổi sáng đều, không thấy tổn thương khu trú. Không thấy tràn dịch hoặc tràn khí màng phổi. Bóng tim và trung thất kích thước, hình dạng bình thường. Không thấy bất thường xương.",
    PNEUMONIA: "Đám mờ phù hợp với viêm phổi.",
    OTHER: "",
    NOT_DIAGNOSTIC: "",
  },
  impressionOf: {
    NORMAL: "Phim X-quang ngực bình thường.",
    PNEUMONIA: "Viêm phổi.",
    OTHER: "Không thấy dấu hiệu viêm phổi.",
    NOT_DIAGNOSTIC: "Phim không đủ điều kiện để chẩn đoán.",
  },
  modality: (modality) => `X-quang ngực (${modality})`,
  view: {
    PA: "tư thế sau-trước (PA)",
    AP: "tư thế trước-sau (AP)",
    LATERAL: "tư thế nghiêng",
  },
  films: (count) => (count === 1 ? "" : `${String(count)} phim`),
  chest: "ngực",
  comparedWith: (film, day) =>
    day === null
      ? `So sánh với phim ${film} trước đó, không rõ ngày.`
      : `So sánh với phim ${film} ngày ${day}.`,
  nothingToCompare: "Không có phim cũ đã ký kết quả tại cơ sở này.",
  flags: {
    emergency: "cấp cứu",
    "low-spo2": "độ bão hòa oxy thấp",
    sepsis: "nhiễm khuẩn huyết",
    "intensive-care": "hồi sức tích cực",
    fever: "sốt",
    cough: "ho",
    dyspnoea: "khó thở",
    tachypnoea: "thở nhanh",
    immunosuppressed: "suy giảm miễn dịch",
  },
};

/** The words of each language in which reports are written. */
export const REPORT_WORDS: Record<ReportLanguage, ReportWords> = {
  en: EN,
  vi: VI,
};

/** A name within a sentence; none of the catalogue's is a proper noun. */
function lowered(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A sentence begins with a capital and ends with a full stop. */
export function asSentence(words: string): string {
  const trimmed = words.trim();
  if (trimmed === "") return "";
  const begun = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?…]$/.test(begun) ? begun : `${begun}.`;
}
