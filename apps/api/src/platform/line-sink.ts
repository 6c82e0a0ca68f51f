import { write, writeSync } from "node:fs";

/** More than a busy minute writes, and no burden to a process that cannot. */
const MOST_WAITING_BYTES = 2 ** 20;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** Bytes written or the error, as Node's `fs.write` tells them. */
type Write = (
  bytes: Buffer,
  done: (error: Error | null, written: number) => void,
) => void;

export interface LineSinkOptions {
  /** Where lines go: a descriptor opened for appending, a pipe, a terminal. */
  fd: number;
  /** What stands in the output in place of lines that were dropped. */
  describeDropped: (lines: number) => string;
  /** Bytes that may wait; lines beyond are dropped. */
  limitBytes?: number;
  /** Puts something else in place of the descriptor, in tests. */
  write?: Write;
}

/**
 * Lines that matter less than the process which writes them: never waits for
 * a full disk or a reader that hangs, never fails. What cannot be written is
 * dropped and counted, and the count is written once writing goes again.
 */
export class LineSink {
  readonly #fd: number;
  readonly #write: Write;
  readonly #limit: number;
  readonly #describeDropped: (lines: number) => string;
  #waiting: string[] = [];
  #waitingBytes = 0;
  #isWriting = false;
  #pauseMs = FIRST_PAUSE_MS;
  /** Dropped and not yet told in the output. */
  #untold = 0;
  #dropped = 0;
  /** A write stopped inside a line; the next one starts on a line of its own. */
  #isMidLine = false;

  constructor(options: LineSinkOptions) {
    this.#fd = options.fd;
    this.#write =
      options.write ?? ((bytes, done) => write(this.#fd, bytes, done));
    this.#limit = options.limitBytes ?? MOST_WAITING_BYTES;
    this.#describeDropped = options.describeDropped;
  }

  /** Lines dropped since the start of the process. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a line, with or without its end; returns at once. */
  write(line: string): void {
    const whole = line.endsWith("\n") ? line : `${line}\n`;
    if (this.#waitingBytes + whole.length > this.#limit) {
      this.#drop(1);
      return;
    }
    this.#waiting.push(whole);
    this.#waitingBytes += whole.length;
    this.#flush();
  }

  /** What still waits, at the end of a process; what fails is lost. */
  flushSync(): void {
    const rest = this.#take().join("");
    try {
      writeSync(this.#fd, rest);
    } catch {
      // The disk is full and the process ends: there is nobody left to tell.
    }
  }

  #flush(): void {
    if (this.#isWriting || this.#waiting.length === 0) return;
    this.#isWriting = true;
    const lines = this.#take();
    const told = this.#untold;
    const head = [
      ...(this.#isMidLine ? ["\n"] : []),
      ...(told > 0 ? [`${this.#describeDropped(told)}\n`] : []),
    ];
    this.#writeWhole(Buffer.from([...head, ...lines].join("")), (error) => {
      this.#isWriting = false;
      if (error === null) {
        this.#isMidLine = false;
        this.#untold -= told;
        this.#pauseMs = FIRST_PAUSE_MS;
        this.#flush();
        return;
      }
      this.#drop(lines.length);
      this.#flushLater();
    });
  }

  #writeWhole(bytes: Buffer, done: (error: Error | null) => void): void {
    this.#write(bytes, (error, written) => {
      const rest = bytes.subarray(written);
      if (error !== null || rest.length === 0) {
        done(error);
      } else if (written === 0) {
        done(new Error("nothing was written"));
      } else {
        this.#isMidLine = true;
        this.#writeWhole(rest, done);
      }
    });
  }

  #flushLater(): void {
    this.#isWriting = true;
    setTimeout(() => {
      this.#isWriting = false;
      this.#flush();
    }, this.#pauseMs).unref();
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
  }

  #take(): string[] {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    return lines;
  }

  #drop(lines: number): void {
    this.#dropped += lines;
    this.#untold += lines;
  }
}
