import { createRequire } from "node:module";
import type { Readable } from "node:stream";

interface TextOptions {
  width?: number;
  lineGap?: number;
  lineBreak?: boolean;
  align?: "left" | "right" | "center";
  height?: number;
}

interface Margins {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

/**
 * A document of pdfkit, which brings no types of its own: what is used of it.
 * It is written page by page; lengths are in points.
 */
export interface PdfDocument extends Readable {
  x: number;
  y: number;
  page: {
    width: number;
    height: number;
    margins: Margins;
  };
  registerFont(name: string, file: string): this;
  font(name: string): this;
  fontSize(size: number): this;
  fillColor(color: string): this;
  strokeColor(color: string): this;
  lineWidth(width: number): this;
  text(text: string, options?: TextOptions): this;
  text(text: string, x: number, y: number, options?: TextOptions): this;
  heightOfString(text: string, options?: TextOptions): number;
  widthOfString(text: string): number;
  moveDown(lines?: number): this;
  moveTo(x: number, y: number): this;
  lineTo(x: number, y: number): this;
  rect(x: number, y: number, width: number, height: number): this;
  stroke(): this;
  fill(color?: string): this;
  addPage(): this;
  save(): this;
  restore(): this;
  /** Degrees, clockwise. */
  rotate(angle: number, options: { origin: [number, number] }): this;
  /** 0 to 1, of what is filled from here on. */
  fillOpacity(opacity: number): this;
  image(
    bytes: Buffer,
    x: number,
    y: number,
    options: { width: number; height: number },
  ): this;
  bufferedPageRange(): { start: number; count: number };
  switchToPage(page: number): this;
  end(): void;
  /** The dictionary at the root of the file. */
  readonly _root: { data: Record<string, unknown> };
}

/** The class itself; a package without types comes in as `any`. */
export const PdfDocument = createRequire(import.meta.url)(
  "pdfkit",
) as new (options: {
  size: "A4";
  margins: Margins;
  bufferPages: boolean;
  lang: string;
  displayTitle: boolean;
  info: Record<string, string | Date>;
}) => PdfDocument;
