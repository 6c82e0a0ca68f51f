import { decodeText } from "../header/character-sets.ts";
import { ElementReader, type Element, type Elements } from "./reader.ts";
import { TAG } from "./tags.ts";

/** What a LUT or a header may hold at most; a longer value is not a number. */
const MAX_NUMBER_TEXT = 64;
/** Digits with at most a sign, a point or comma and an exponent (PS3.5 6.2). */
const DECIMAL = /^[+-]?[\d.,]+(?:e[+-]?\d+)?$/iu;

/**
 * Values by tag. The caller says which type it wants and gets `undefined`
 * where the attribute is absent, empty or not of that type; what the file
 * claims as type is not trusted.
 */
export class DataSet {
  readonly #elements: Elements;
  readonly #characterSets: readonly string[];

  constructor(elements: Elements, characterSets?: readonly string[]) {
    this.#elements = elements;
    this.#characterSets =
      characterSets ?? this.#ascii(TAG.specificCharacterSet)?.split("\\") ?? [];
  }

  has(tag: number): boolean {
    return this.#elements.has(tag);
  }

  /** Every element, in the order of the file. */
  elements(): Element[] {
    return [...this.#elements.values()];
  }

  element(tag: number): Element | undefined {
    return this.#elements.get(tag);
  }

  /** True where any element's tag answers the question. */
  some(matches: (tag: number) => boolean): boolean {
    return [...this.#elements.keys()].some(matches);
  }

  /** First value of a code or UID, without padding. */
  code(tag: number): string | undefined {
    const text = this.#ascii(tag)?.split("\\")[0]?.trim();
    return text === undefined || text === "" ? undefined : text;
  }

  /** Text in the file's character set, not split, without padding. */
  text(tag: number): string | undefined {
    const element = this.#elements.get(tag);
    if (element === undefined) return undefined;
    const text = decodeText(element.bytes, this.#characterSets);
    // eslint-disable-next-line no-control-regex -- control characters are what is removed
    const clean = text.replace(/[\u0000-\u001f\u007f-\u009f]+/gu, " ").trim();
    return clean === "" ? undefined : clean;
  }

  /** Values of a decimal or integer string (DS, IS) that are numbers. */
  decimals(tag: number): number[] {
    return this.decimalsByPlace(tag).filter((value) => value !== undefined);
  }

  /**
   * Values of a decimal string in their places, `undefined` where one is no
   * number: values of two attributes that belong together stay paired. A comma
   * for a point, which PS3.5 6.2 forbids and some locales write, is read.
   */
  decimalsByPlace(tag: number): (number | undefined)[] {
    const parts = this.#ascii(tag)?.split("\\") ?? [];
    return parts.map((part) => {
      const text = part.trim();
      if (!DECIMAL.test(text) || text.length > MAX_NUMBER_TEXT)
        return undefined;
      const value = Number(
        /^[^.,]*,\d+$/u.test(text) ? text.replace(",", ".") : text,
      );
      return Number.isFinite(value) ? value : undefined;
    });
  }

  decimal(tag: number): number | undefined {
    return this.decimals(tag)[0];
  }

  /** 16-bit values (US, SS, OW). */
  words(tag: number, signed = false): number[] {
    const element = this.#elements.get(tag);
    if (element === undefined) return [];
    const { bytes, encoding } = element;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: Math.min(bytes.length >> 1, 65536) }, (_, i) =>
      signed
        ? view.getInt16(2 * i, encoding.littleEndian)
        : view.getUint16(2 * i, encoding.littleEndian),
    );
  }

  word(tag: number, signed = false): number | undefined {
    return this.words(tag, signed)[0];
  }

  /** Data sets nested in a sequence. */
  items(tag: number): DataSet[] {
    const element = this.#elements.get(tag);
    if (element === undefined) return [];
    return new ElementReader(element.bytes)
      .items(element)
      .map((elements) => new DataSet(elements, this.#characterSets));
  }

  #ascii(tag: number): string | undefined {
    const bytes = this.#elements.get(tag)?.bytes;
    if (bytes === undefined || bytes.length > 65_536) return undefined;
    const text = Buffer.from(
      bytes.buffer,
      bytes.byteOffset,
      bytes.byteLength,
    ).toString("latin1");
    return text.replaceAll("\0", "").trim();
  }
}
