import { parseArgs } from "node:util";
import { writeBatch } from "../src/batch.ts";

const USAGE = `Makes synthetic chest films and a manifest of them.

  npm run phantom -- --out DIR --count N [--seed S] [--format png|dicom]
                     [--size PIXELS] [--healthy SHARE] [--split NAME]

  --out      folder to write into; made if missing
  --count    how many films
  --seed     first seed, 1 unless given; film i is made from seed S + i
  --format   png (8 bits) unless dicom is asked for
  --size     pixels of each side, 1024 unless given
  --healthy  share of films without disease, 0.5 unless given
  --split    what the manifest's column "split" says, phantom unless given
`;

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a whole number, not "${text}"`);
  }
  return value;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string" },
      count: { type: "string" },
      seed: { type: "string", default: "1" },
      format: { type: "string", default: "png" },
      size: { type: "string", default: "1024" },
      healthy: { type: "string", default: "0.5" },
      split: { type: "string", default: "phantom" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (!values.out || !values.count) {
    throw new Error(`--out and --count are needed\n\n${USAGE}`);
  }
  if (values.format !== "png" && values.format !== "dicom") {
    throw new Error(`--format must be png or dicom, not "${values.format}"`);
  }
  const healthyShare = Number(values.healthy);
  if (!(healthyShare >= 0 && healthyShare <= 1)) {
    throw new Error(`--healthy must be from 0 to 1, not "${values.healthy}"`);
  }
  const written = await writeBatch({
    folder: values.out,
    count: wholeNumber("count", values.count),
    seed: wholeNumber("seed", values.seed),
    format: values.format,
    size: wholeNumber("size", values.size),
    healthyShare,
    split: values.split,
    onFilm: (done, count) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${count}`);
    },
  });
  process.stderr.write(
    `\n${written} films in ${values.out}, with manifest.csv\n`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
