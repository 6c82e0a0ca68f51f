import { createRequire } from "node:module";
import type { ReportLanguage } from "../reports/report.ts";
import { drawMark } from "./draw-mark.ts";
import { PdfDocument } from "./pdf-document.ts";
import type { KeyMark } from "./report-document.ts";

/** Millimetres in the points of a PDF. */
const MM = 72 / 25.4;
const MARGIN = 18 * MM;
const FOOT = 22 * MM;

/** Longest side of the film: a usual report then fits on one page. */
const KEY_IMAGE = 72 * MM;

const INK = "#16181c";
const DIM = "#5a6270";
const LINE = "#c3c8d0";
/** The hue of the AI, as on the screens; nobody takes it for a human's word. */
const AI = "#6b3fa0";
/** The hue of a reader's marks on the film. */
const MARK = "#ffd400";
const WARN = "#a02020";

// Be Vietnam Pro (SIL Open Font License 1.1): made for Vietnamese, so that
// stacked marks stand where they belong.
const { resolve } = createRequire(import.meta.url);
const REGULAR = resolve(
  "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf",
);
const BOLD = resolve(
  "@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf",
);

/** A4 paper with the few things that a report is set of, from the top down. */
export class ReportSheet {
  readonly #pdf: PdfDocument;
  #watermark: string | null = null;

  constructor(of: {
    title: string;
    language: ReportLanguage;
    author: string;
    createdAt: Date;
  }) {
    this.#pdf = new PdfDocument({
      size: "A4",
      margins: { top: MARGIN, bottom: FOOT, left: MARGIN, right: MARGIN },
      // The foot says of how many pages it is one.
      bufferPages: true,
      lang: of.language,
      displayTitle: true,
      info: {
        Title: of.title,
        Author: of.author,
        Creator: "Lung Iris",
        CreationDate: of.createdAt,
      },
    });
    this.#pdf.registerFont("regular", REGULAR).registerFont("bold", BOLD);
    this.#pdf.font("regular").fontSize(10).fillColor(INK);
  }

  get #width(): number {
    return this.#pdf.page.width - 2 * MARGIN;
  }

  /** The name of the hospital and of the paper, over a line. */
  letterhead(site: string, code: string, title: string): void {
    const pdf = this.#pdf;
    pdf.font("bold").fontSize(15).fillColor(INK);
    pdf.text(nfc(site), { width: this.#width });
    pdf.font("regular").fontSize(9).fillColor(DIM);
    pdf.text(nfc(code), { width: this.#width });
    pdf.moveDown(0.6);
    this.rule();
    pdf.font("bold").fontSize(13).fillColor(INK);
    pdf.text(nfc(title), { width: this.#width }).moveDown(0.4);
  }

  rule(): void {
    const pdf = this.#pdf;
    pdf.strokeColor(LINE).lineWidth(0.7);
    pdf
      .moveTo(MARGIN, pdf.y)
      .lineTo(MARGIN + this.#width, pdf.y)
      .stroke();
    pdf.y += 8;
  }

  /** Names and values in two columns; empty values are left out. */
  facts(rows: readonly (readonly [string, string | null])[]): void {
    const pdf = this.#pdf;
    const shown = rows.filter(([, value]) => value !== null && value !== "");
    const nameWidth = 120;
    const valueWidth = this.#width - nameWidth;
    for (const [name, value] of shown) {
      const text = nfc(value ?? "");
      pdf.fontSize(9.5);
      this.#keep(pdf.heightOfString(text, { width: valueWidth }));
      const top = pdf.y;
      pdf.font("regular").fillColor(DIM);
      pdf.text(nfc(name), MARGIN, top, { width: nameWidth });
      const afterName = pdf.y;
      pdf.fillColor(INK);
      pdf.text(text, MARGIN + nameWidth, top, { width: valueWidth });
      pdf.x = MARGIN;
      pdf.y = Math.max(pdf.y, afterName) + 1;
    }
    pdf.moveDown(0.5);
  }

  /** A part of the report: never its heading alone at the end of a page. */
  section(heading: string, text: string, isMain = false): void {
    const pdf = this.#pdf;
    this.#keep(44);
    pdf
      .font("bold")
      .fontSize(10)
      .fillColor(isMain ? INK : DIM);
    pdf.text(nfc(heading), { width: this.#width });
    pdf
      .font(isMain ? "bold" : "regular")
      .fontSize(10.5)
      .fillColor(INK);
    pdf.text(nfc(text), { width: this.#width, lineGap: 1.5 });
    pdf.moveDown(0.6);
  }

  /** Something that must not be read over. */
  warning(text: string): void {
    const pdf = this.#pdf;
    pdf.font("bold").fontSize(10.5).fillColor(WARN);
    pdf.text(nfc(text), { width: this.#width }).moveDown(0.5);
    pdf.fillColor(INK);
  }

  /** A line in small print. */
  note(text: string): void {
    const pdf = this.#pdf;
    pdf.font("regular").fontSize(9).fillColor(DIM);
    pdf.text(nfc(text), { width: this.#width }).moveDown(0.3);
  }

  /** Words in a frame of the AI's own colour, with its name on top. */
  aiBox(heading: string, lines: readonly string[]): void {
    const pdf = this.#pdf;
    const inner = this.#width - 20;
    const texts = lines.map(nfc);
    pdf.font("regular").fontSize(9.5);
    const height =
      34 +
      texts
        .map((text) => pdf.heightOfString(text, { width: inner }) + 2)
        .reduce((sum, line) => sum + line, 0);
    this.#keep(height + 8);
    const top = pdf.y;
    pdf.strokeColor(AI).lineWidth(1);
    pdf.rect(MARGIN, top, this.#width, height).stroke();
    pdf.font("bold").fontSize(10).fillColor(AI);
    pdf.text(nfc(heading), MARGIN + 10, top + 8, { width: inner });
    pdf.font("regular").fontSize(9.5);
    for (const text of texts) {
      pdf.text(text, MARGIN + 10, pdf.y + 2, { width: inner });
    }
    pdf.x = MARGIN;
    pdf.y = top + height + 8;
    pdf.fillColor(INK);
  }

  /** A film as large as fits, with its numbered marks in source pixels. */
  film(
    heading: string,
    film: { width: number; height: number; jpeg: Buffer },
    marks: readonly KeyMark[],
  ): void {
    const pdf = this.#pdf;
    const scale = Math.min(KEY_IMAGE / film.width, KEY_IMAGE / film.height);
    const width = film.width * scale;
    const height = film.height * scale;
    this.#keep(height + 24);
    pdf.font("bold").fontSize(10).fillColor(DIM);
    pdf.text(nfc(heading), { width: this.#width });
    const top = pdf.y + 2;
    pdf.image(film.jpeg, MARGIN, top, { width, height });
    pdf.lineWidth(1.4).strokeColor(MARK);
    for (const mark of marks) {
      const x = MARGIN + mark.x * scale;
      const y = top + mark.y * scale;
      drawMark(pdf, mark, ([fromLeft, fromTop]) => [
        MARGIN + fromLeft * scale,
        top + fromTop * scale,
      ]);
      pdf.font("bold").fontSize(9).fillColor(MARK);
      pdf.text(String(mark.number), x + 2, y + 1, { lineBreak: false });
    }
    pdf.fillColor(INK);
    pdf.x = MARGIN;
    pdf.y = top + height + 6;
  }

  /** A word across every page, too pale to hide a letter. */
  watermark(word: string): void {
    this.#watermark = word;
  }

  /** Puts the foot on every page and gives the file. */
  async finish(foot: (page: number, of: number) => string): Promise<Buffer> {
    const pdf = this.#pdf;
    const { start, count } = pdf.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      pdf.switchToPage(start + index);
      // Below the margin, where pdfkit would begin a new page by itself.
      pdf.page.margins.bottom = 0;
      if (this.#watermark !== null) this.#across(this.#watermark);
      pdf.font("regular").fontSize(8).fillColor(DIM);
      const y = pdf.page.height - FOOT + 10;
      const options = { width: this.#width, height: 30 };
      pdf.text(nfc(foot(index + 1, count)), MARGIN, y, options);
    }
    const pieces: Buffer[] = [];
    pdf.end();
    // A stream of bytes is all that pdfkit gives.
    for await (const piece of pdf) pieces.push(piece as Buffer);
    return Buffer.concat(pieces);
  }

  /** The viewer asks to print as soon as the file is open. */
  printAtOnce(): void {
    // PDF 1.7 12.6.4.11: a named action of the viewer.
    this.#pdf._root.data["OpenAction"] = {
      Type: "Action",
      S: "Named",
      N: "Print",
    };
  }

  #across(word: string): void {
    const pdf = this.#pdf;
    const { width, height } = pdf.page;
    pdf.save().rotate(-50, { origin: [width / 2, height / 2] });
    pdf.font("bold").fontSize(84).fillColor(WARN).fillOpacity(0.1);
    pdf.text(nfc(word), 0, height / 2 - 50, {
      width,
      height: 100,
      align: "center",
      lineBreak: false,
    });
    pdf.restore().fillOpacity(1);
  }

  /** Begins a page where the next part would not fit on this one. */
  #keep(height: number): void {
    const pdf = this.#pdf;
    if (pdf.y + height > pdf.page.height - FOOT) pdf.addPage();
  }
}

/** One form of each letter: fonts draw composed Vietnamese best. */
function nfc(text: string): string {
  return text.normalize("NFC");
}
