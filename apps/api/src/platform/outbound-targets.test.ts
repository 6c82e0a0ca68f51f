import { describe, expect, it } from "vitest";
import { OutboundTargets, TargetRefusedError } from "./outbound-targets.ts";

const answering = (...addresses: string[]) =>
  new OutboundTargets("", () =>
    Promise.resolve(
      addresses.map((address) => ({
        address,
        family: address.includes(":") ? 6 : 4,
      })),
    ),
  );

describe("where the desk connects to", () => {
  it.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "::ffff:10.0.0.1",
    "::ffff:7f00:1",
    "64:ff9b::a00:1",
    "2002:a00:1::1",
    "224.0.0.1",
  ])("refuses %s, by itself and behind a name", async (address) => {
    const host = address.includes(":") ? `[${address}]` : address;
    await expect(new OutboundTargets("").find(host)).rejects.toThrow(
      TargetRefusedError,
    );
    await expect(answering(address).find("a.example")).rejects.toThrow(
      /private network/,
    );
  });

  it("takes what is public, and the address that was checked", async () => {
    await expect(answering("93.184.216.34").find("a.example")).resolves.toEqual(
      {
        host: "a.example",
        address: "93.184.216.34",
        family: 4,
        isNamed: false,
      },
    );
    await expect(
      answering("2606:2800:220:1::1").find("a.example"),
    ).resolves.toMatchObject({ family: 6 });
  });

  it("refuses a name with a public and a private address", async () => {
    await expect(
      answering("93.184.216.34", "10.0.0.1").find("a.example"),
    ).rejects.toThrow(TargetRefusedError);
  });

  it("asks for the name once, so that a second answer changes nothing", async () => {
    let asked = 0;
    const targets = new OutboundTargets("", () => {
      asked += 1;
      const address = asked === 1 ? "93.184.216.34" : "127.0.0.1";
      return Promise.resolve([{ address, family: 4 }]);
    });
    const { address } = await targets.find("rebinds.example");
    expect([address, asked]).toEqual(["93.184.216.34", 1]);
  });

  it("takes private networks that the operator has named", async () => {
    const targets = new OutboundTargets("10.20.0.0/16, 127.0.0.1, fd00::/8");
    await expect(targets.find("10.20.3.4")).resolves.toMatchObject({
      isNamed: true,
    });
    await expect(targets.find("127.0.0.1")).resolves.toBeDefined();
    await expect(targets.find("[fd00::1]")).resolves.toBeDefined();
    await expect(targets.find("10.21.0.1")).rejects.toThrow(TargetRefusedError);
    await expect(targets.find("127.0.0.2")).rejects.toThrow(TargetRefusedError);
  });
});
