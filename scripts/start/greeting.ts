import type { StartConfig } from "./config.ts";
import { webAddress } from "./services.ts";

/** The demo users that the first start in demo mode makes. */
const DEMO_LOGINS: [role: string, email: string][] = [
  ["Staff", "staff@demo.lung-iris"],
  ["Radiologist", "radiologist@demo.lung-iris"],
  ["Admin", "admin@demo.lung-iris"],
  ["Auditor", "auditor@demo.lung-iris"],
];
const DEMO_PASSWORD = "lung-iris-demo";

export function printAddress(
  config: StartConfig,
  say: (line: string) => void,
): void {
  say("Ready");
  if (!config.services.has("web")) {
    const names = [...config.services].join(", ");
    process.stdout.write(`\n  Running here: ${names}. Ctrl-C stops it.\n`);
    return;
  }
  const lines = ["", `  Lung Iris   ${webAddress(config)}`, ""];
  if (config.demo) {
    lines.push("  Demo mode: synthetic patients, logins for everybody.");
    for (const [role, email] of DEMO_LOGINS)
      lines.push(`  ${role.padEnd(12)}${email.padEnd(28)}${DEMO_PASSWORD}`);
  } else {
    lines.push(
      "  Demo mode is off. Make the first admin with: npm run user:add",
    );
  }
  lines.push("", "  Ctrl-C stops everything; the data stays.", "");
  process.stdout.write(`${lines.join("\n")}\n`);
}
