import type { InboxKind } from "@lung-iris/prisma";

/** The e-mail of a note: what it is and where to look; nothing of a patient. */
interface NoteWords {
  subject: Record<InboxKind, string>;
  look: (link: string) => string;
  why: string;
  test: { subject: string; text: string };
}

const EN: NoteWords = {
  subject: {
    CRITICAL: "Critical result: somebody waits for you",
    ESCALATED: "A case is to be read now",
    ASSIGNED: "A case was given to you",
    MENTIONED: "A comment names you",
    TAKEN_OVER: "A case of yours was taken over",
    PROCEDURE: "A step of a procedure is overdue",
    RETAKE_ASKED: "Another film is asked for",
    RETAKE_DONE: "A film that you asked for came, or will not",
    ALARM: "An alarm about the AI was raised",
    PROMOTION_PROPOSED: "A promotion waits for a second person",
    PROMOTION_DECIDED: "A promotion was decided",
    THRESHOLD_PROPOSED: "A change of thresholds waits for a second person",
    THRESHOLD_DECIDED: "A change of thresholds was decided",
    TRAINING_DONE: "Your training run has made its candidate",
    TRAINING_FAILED: "Your training run has failed",
    JUDGED: "Your judgement of a candidate is over",
  },
  look: (link) => `Open it in Lung Iris: ${link}`,
  why: "You get this because of what you chose on your profile page.",
  test: {
    subject: "Lung Iris: a test",
    text: "E-mail from this site's desk arrives.",
  },
};

const VI: NoteWords = {
  subject: {
    CRITICAL: "Kết quả nguy kịch: có người đang chờ bạn",
    ESCALATED: "Một ca cần được đọc ngay",
    ASSIGNED: "Một ca được giao cho bạn",
    MENTIONED: "Một bình luận nhắc đến bạn",
    TAKEN_OVER: "Một ca của bạn đã được người khác tiếp nhận",
    PROCEDURE: "Một bước của quy trình đã quá hạn",
    RETAKE_ASKED: "Cần chụp lại một phim",
    RETAKE_DONE: "Phim bạn yêu cầu chụp lại đã có, hoặc sẽ không có",
    ALARM: "Có cảnh báo mới về AI",
    PROMOTION_PROPOSED:
      "Một đề xuất đưa mô hình vào dùng đang chờ người thứ hai",
    PROMOTION_DECIDED: "Một đề xuất đưa mô hình vào dùng đã được quyết định",
    THRESHOLD_PROPOSED: "Một thay đổi ngưỡng đang chờ người thứ hai",
    THRESHOLD_DECIDED: "Một thay đổi ngưỡng đã được quyết định",
    TRAINING_DONE: "Lần huấn luyện của bạn đã tạo xong ứng viên",
    TRAINING_FAILED: "Lần huấn luyện của bạn đã thất bại",
    JUDGED: "Lần đánh giá ứng viên của bạn đã xong",
  },
  look: (link) => `Mở trong Lung Iris: ${link}`,
  why: "Bạn nhận thư này theo lựa chọn trên trang hồ sơ của bạn.",
  test: {
    subject: "Lung Iris: thư thử",
    text: "Thư từ hệ thống của cơ sở này đã đến nơi.",
  },
};

const wordsIn = (locale: string): NoteWords => (locale === "vi" ? VI : EN);

/** Subject and text of the e-mail, in the language of who gets it. */
export function emailOf(
  kind: InboxKind | "TEST",
  locale: string,
  link: string,
): { subject: string; text: string } {
  const words = wordsIn(locale);
  if (kind === "TEST") return words.test;
  return {
    subject: `Lung Iris: ${words.subject[kind]}`,
    text: `${words.subject[kind]}.\n\n${words.look(link)}\n\n${words.why}\n`,
  };
}
