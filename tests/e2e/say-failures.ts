import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";

/** Says why a journey failed as it fails: a run that is ended has no summary. */
export default class SayFailures implements Reporter {
  onTestEnd(test: TestCase, { status, errors }: TestResult): void {
    if (status === test.expectedStatus) return;
    for (const { message } of errors)
      process.stdout.write(`${message ?? ""}\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}
