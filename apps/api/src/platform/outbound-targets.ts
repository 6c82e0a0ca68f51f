import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** An address that may be connected to, as it was found and checked. */
export interface Target {
  host: string;
  address: string;
  family: 4 | 6;
  /** Of a network that the operator has named. */
  isNamed: boolean;
}

/** Nothing is sent there. The message is for whoever set the address. */
export class TargetRefusedError extends Error {
  override readonly name = "TargetRefusedError";
}

type Resolve = (host: string) => Promise<{ address: string; family: number }[]>;

const resolveHost: Resolve = (host) => lookup(host, { all: true });

/**
 * IPv4 networks that are not the public internet, by IANA's registry of
 * special-purpose addresses (RFC 6890), multicast and what is reserved.
 */
const SPECIAL_V4: readonly [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Of IPv6 only 2000::/3 is public, less what wraps IPv4 and documentation. */
const SPECIAL_IN_V6: readonly [string, number][] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/**
 * Where the desk may connect to when an admin has typed the address: the
 * public internet, and networks that the operator of the machine has named.
 * Otherwise the desk would be a way into the hospital's network for whoever
 * may set an address (server-side request forgery).
 */
export class OutboundTargets {
  readonly #named: BlockList;
  readonly #resolve: Resolve;

  /** @param networks addresses or networks by commas, as the operator set */
  constructor(networks: string, resolve: Resolve = resolveHost) {
    this.#resolve = resolve;
    this.#named = new BlockList();
    for (const part of networks.split(",").map((each) => each.trim())) {
      if (part === "") continue;
      const [address = "", bits] = part.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      const length =
        bits === undefined ? (family === "ipv6" ? 128 : 32) : Number(bits);
      this.#named.addSubnet(address, length, family);
    }
  }

  /**
   * Finds the address of a host, once. Connect to the address and not to the
   * name: a name that is asked for again can have another (DNS rebinding).
   *
   * @throws TargetRefusedError where any of its addresses is private and not
   *   named, or it has none.
   */
  async find(host: string): Promise<Target> {
    const literal = host.replace(/^\[(.*)\]$/, "$1");
    const found =
      isIP(literal) === 0
        ? await this.#ask(literal)
        : [{ address: literal, family: isIP(literal) }];
    const targets = found.map(({ address }) => this.#check(host, address));
    const [first] = targets;
    if (first === undefined)
      throw new TargetRefusedError(`${host} has no address.`);
    return first;
  }

  async #ask(host: string): Promise<{ address: string; family: number }[]> {
    try {
      return await this.#resolve(host);
    } catch {
      throw new TargetRefusedError(`${host} cannot be found.`);
    }
  }

  #check(host: string, given: string): Target {
    const address = unwrapped(given);
    const family = isIP(address) === 6 ? 6 : 4;
    const isNamed = this.#named.check(address, family === 6 ? "ipv6" : "ipv4");
    if (!isNamed && !isPublic(address, family)) {
      throw new TargetRefusedError(
        `${host} is an address of a private network. The operator of this desk can allow it (LUNG_IRIS_OUTBOUND_NETWORKS).`,
      );
    }
    return { host, address, family, isNamed };
  }
}

/** An IPv4 address that IPv6 wraps ("::ffff:10.0.0.1") is what it wraps. */
function unwrapped(address: string): string {
  if (isIP(address) !== 6) return address;
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (mapped === null) return short;
  const [high, low] = [mapped[1], mapped[2]].map((part) =>
    Number.parseInt(part ?? "", 16),
  );
  if (high === undefined || low === undefined) return short;
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

const specialV4 = new BlockList();
for (const [network, bits] of SPECIAL_V4) specialV4.addSubnet(network, bits);
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const specialV6 = new BlockList();
for (const [network, bits] of SPECIAL_IN_V6)
  specialV6.addSubnet(network, bits, "ipv6");

function isPublic(address: string, family: 4 | 6): boolean {
  if (family === 4) return !specialV4.check(address);
  return publicV6.check(address, "ipv6") && !specialV6.check(address, "ipv6");
}
