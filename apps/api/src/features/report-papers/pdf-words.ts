import type { Decision, Label, Sex } from "@lung-iris/prisma";
import type { ReportLanguage, ReportSection } from "../reports/report.ts";

/** Everything that is printed around a report's own text. */
export interface PdfWords {
  title: string;
  name: string;
  mrn: string;
  birthDate: string;
  sex: string;
  sexes: Record<Sex, string>;
  unknown: string;
  identityUnsure: string;
  study: string;
  studiedAt: string;
  accession: string;
  referring: string;
  sections: Record<ReportSection, string>;
  noReport: string;
  decided: string;
  labels: Record<Label, string>;
  addendum: (time: string) => string;
  amended: string;
  signed: (signer: string, time: string) => string;
  version: (version: number) => string;
  superseded: (by: number) => string;
  /** Of a report that was given out before the signature. */
  preliminary: string;
  preliminaryNote: string;
  preliminaryOver: string;
  preliminarySuperseded: (by: number) => string;
  preliminaryNumber: (number: number) => string;
  issued: (reader: string, time: string) => string;
  /** Of what a junior signed: no senior has yet, or who has. */
  notAuthorised: string;
  authorised: (by: string, time: string) => string;
  reopened: string;
  keyImage: string;
  noPicture: string;
  regions: string;
  aiHeading: string;
  aiNote: string;
  aiModel: string;
  aiNotAssessed: string;
  aiAnswer: (of: {
    name: string;
    percent: string;
    low: string;
    high: string;
    threshold: string;
  }) => string;
  decisions: Record<Decision, string>;
  page: (page: number, of: number) => string;
}

const EN: PdfWords = {
  title: "Chest film report",
  name: "Patient",
  mrn: "Record number",
  birthDate: "Date of birth",
  sex: "Sex",
  sexes: { FEMALE: "Female", MALE: "Male", OTHER: "Other", UNKNOWN: "Unknown" },
  unknown: "unknown",
  identityUnsure: "Whose film this is has not been settled.",
  study: "Examination",
  studiedAt: "Taken",
  accession: "Accession number",
  referring: "Referred by",
  sections: {
    indication: "Indication",
    technique: "Technique",
    comparison: "Comparison",
    findings: "Findings",
    impression: "Impression",
  },
  noReport: "No report was written.",
  decided: "The radiologist's answer",
  labels: {
    NORMAL: "Normal",
    PNEUMONIA: "Pneumonia",
    OTHER: "Other finding",
    NOT_DIAGNOSTIC: "Not diagnostic",
  },
  addendum: (time) => `Addendum, ${time}`,
  amended: "Amended because",
  signed: (signer, time) => `Signed by ${signer}, ${time}`,
  version: (version) => `Version ${String(version)}`,
  superseded: (by) =>
    `NOT VALID ANY MORE: version ${String(by)} has taken its place.`,
  preliminary: "PRELIMINARY",
  preliminaryNote:
    "PRELIMINARY: not signed. The final report may say something else.",
  preliminaryOver:
    "NOT VALID ANY MORE: this preliminary report has been replaced by a signed one.",
  preliminarySuperseded: (by) =>
    `NOT VALID ANY MORE: preliminary report ${String(by)} has taken its place.`,
  preliminaryNumber: (number) => `Preliminary report ${String(number)}`,
  issued: (reader, time) => `Given out unsigned by ${reader}, ${time}`,
  notAuthorised:
    "PRELIMINARY: signed by a junior and not yet authorised by a senior. The final report may say something else.",
  authorised: (by, time) => `Authorised by ${by}, ${time}`,
  reopened: "A further film came after this was signed: it is read again.",
  keyImage: "Key image",
  noPicture: "The film could not be drawn.",
  regions: "Regions marked by the radiologist",
  aiHeading: "Said by the AI",
  aiNote:
    "Made by a computer and shown to the radiologist. It is not part of the radiologist's report.",
  aiModel: "Model",
  aiNotAssessed: "The AI did not assess this film.",
  aiAnswer: ({ name, percent, low, high, threshold }) =>
    `${name}: ${percent} (95 % interval ${low} to ${high}), positive from ${threshold}`,
  decisions: {
    CONFIRM: "The radiologist confirmed the AI.",
    PARTLY: "The radiologist agreed with the AI in part.",
    OVERRIDE: "The radiologist overrode the AI.",
    INDEPENDENT: "The radiologist decided without the AI.",
  },
  page: (page, of) => `Page ${String(page)} of ${String(of)}`,
};

const VI: PdfWords = {
  title: "Kết quả X-quang ngực",
  name: "Bệnh nhân",
  mrn: "Số hồ sơ",
  birthDate: "Ngày sinh",
  sex: "Giới tính",
  sexes: { FEMALE: "Nữ", MALE: "Nam", OTHER: "Khác", UNKNOWN: "Không rõ" },
  unknown: "không rõ",
  identityUnsure: "Chưa xác định phim này là của ai.",
  study: "Lượt chụp",
  studiedAt: "Chụp lúc",
  accession: "Số phiếu",
  referring: "Bác sĩ chỉ định",
  sections: {
    indication: "Chỉ định",
    technique: "Kỹ thuật",
    comparison: "So sánh",
    findings: "Mô tả",
    impression: "Kết luận",
  },
  noReport: "Chưa viết báo cáo.",
  decided: "Kết luận của bác sĩ",
  labels: {
    NORMAL: "Bình thường",
    PNEUMONIA: "Viêm phổi",
    OTHER: "Bất thường khác",
    NOT_DIAGNOSTIC: "Phim không đạt",
  },
  addendum: (time) => `Bổ sung, ${time}`,
  amended: "Lý do sửa",
  signed: (signer, time) => `Ký bởi ${signer}, ${time}`,
  version: (version) => `Phiên bản ${String(version)}`,
  superseded: (by) =>
    `KHÔNG CÒN HIỆU LỰC: đã được thay bằng phiên bản ${String(by)}.`,
  preliminary: "SƠ BỘ",
  preliminaryNote: "SƠ BỘ: chưa ký. Kết quả chính thức có thể khác.",
  preliminaryOver:
    "KHÔNG CÒN HIỆU LỰC: kết quả sơ bộ này đã được thay bằng kết quả đã ký.",
  preliminarySuperseded: (by) =>
    `KHÔNG CÒN HIỆU LỰC: kết quả sơ bộ số ${String(by)} đã thay thế.`,
  preliminaryNumber: (number) => `Kết quả sơ bộ số ${String(number)}`,
  issued: (reader, time) => `${reader} phát hành khi chưa ký, ${time}`,
  notAuthorised:
    "SƠ BỘ: bác sĩ tập sự đã ký, bác sĩ chính thức chưa duyệt. Kết quả chính thức có thể khác.",
  authorised: (by, time) => `Duyệt bởi ${by}, ${time}`,
  reopened: "Có thêm phim sau khi ký: ca bệnh đang được đọc lại.",
  keyImage: "Hình ảnh chính",
  noPicture: "Không vẽ được phim.",
  regions: "Vùng do bác sĩ đánh dấu",
  aiHeading: "Ý kiến của AI",
  aiNote:
    "Do máy tính tạo ra và đã cho bác sĩ xem. Không thuộc báo cáo của bác sĩ.",
  aiModel: "Mô hình",
  aiNotAssessed: "AI không đánh giá phim này.",
  aiAnswer: ({ name, percent, low, high, threshold }) =>
    `${name}: ${percent} (khoảng tin cậy 95 % từ ${low} đến ${high}), dương tính từ ${threshold}`,
  decisions: {
    CONFIRM: "Bác sĩ đồng ý với AI.",
    PARTLY: "Bác sĩ đồng ý một phần với AI.",
    OVERRIDE: "Bác sĩ không theo AI.",
    INDEPENDENT: "Bác sĩ quyết định không dựa vào AI.",
  },
  page: (page, of) => `Trang ${String(page)}/${String(of)}`,
};

export const PDF_WORDS: Record<ReportLanguage, PdfWords> = { en: EN, vi: VI };
