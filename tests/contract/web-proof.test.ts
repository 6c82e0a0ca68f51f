import { describe, expect, it } from "vitest";
import {
  WEB_PROOF_HEADER as apiHeader,
  webProof,
} from "../../apps/api/src/platform/client-address.ts";
import { readEnv } from "../../apps/web/src/lib/env.ts";
import { WEB_PROOF_HEADER as webHeader } from "../../apps/web/src/lib/front-door.ts";

const SECRET = "0123456789abcdef0123456789abcdef";

describe("the web server", () => {
  it("proves itself to the API as the API expects, and to no other's", () => {
    const { webProof: ours } = readEnv({ LUNG_IRIS_SECRET: SECRET });
    expect(webHeader).toBe(apiHeader);
    expect(ours).toBe(webProof(SECRET));
    expect(ours).not.toBe(webProof(`${SECRET}x`));
  });
});
