import { runPrismaCli } from "./cli.ts";

const { code, output } = await runPrismaCli(["generate"]);
if (code !== 0) process.stderr.write(output);
process.exit(code);
