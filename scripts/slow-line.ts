import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How a line misbehaves on the way up; down it is as fast as it can be. */
export interface LineFaults {
  /** Bytes a second of each connection; Infinity for a good line. */
  bytesPerSecond: number;
  /** Nothing passes for `stallMs` after every so many bytes of a connection. */
  stallEvery: number;
  stallMs: number;
}

/** A line of a bad place, between a client and a server on this machine. */
export interface SlowLine {
  port: number;
  /** From now on, on connections that are open too. */
  setFaults: (faults: LineFaults) => void;
  /** Cuts every connection in the middle, as a line that breaks does. */
  breakAll: () => void;
  /** Connections that were cut by `breakAll` with bytes on their way. */
  broken: () => number;
  close: () => Promise<void>;
}

export const GOOD_LINE: LineFaults = {
  bytesPerSecond: Infinity,
  stallEvery: Infinity,
  stallMs: 0,
};

const SLICES_PER_SECOND = 10;
const LEAST_SLICE = 64;

/**
 * Opens a port of this machine that passes everything on to `target`, upwards
 * as slowly and unsteadily as it is told to.
 */
export async function openSlowLine(target: {
  host: string;
  port: number;
}): Promise<SlowLine> {
  let faults = GOOD_LINE;
  let broken = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ ...target, allowHalfOpen: true });
    open.add(client);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
      open.delete(client);
    };
    client.on("error", end);
    upstream.on("error", end);
    client.on("close", end);
    // What it said last is still on its way down.
    upstream.on("close", () => client.end());
    upstream.pipe(client);
    void passUp(client, upstream, () => faults).catch(end);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("the line has no port");
  return {
    port: address.port,
    setFaults: (next) => {
      faults = next;
    },
    breakAll: () => {
      for (const client of open) {
        if (client.bytesRead > 0) broken += 1;
        client.resetAndDestroy();
      }
    },
    broken: () => broken,
    close: async () => {
      for (const client of open) client.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Slice by slice, so that a change of the line is felt at once. */
async function passUp(
  client: Socket,
  upstream: Socket,
  faultsNow: () => LineFaults,
): Promise<void> {
  let sinceStall = 0;
  // At its end the iterator would close the way back, too.
  const chunks: AsyncIterable<Buffer> = client.iterator({
    destroyOnReturn: false,
  });
  for await (const chunk of chunks) {
    let rest = chunk;
    while (rest.length > 0) {
      const { bytesPerSecond, stallEvery, stallMs } = faultsNow();
      const size = Math.max(LEAST_SLICE, bytesPerSecond / SLICES_PER_SECOND);
      const slice = rest.subarray(0, Math.min(rest.length, size));
      rest = rest.subarray(slice.length);
      if (!upstream.write(slice)) await once(upstream, "drain");
      if (bytesPerSecond !== Infinity)
        await sleep((slice.length / bytesPerSecond) * 1000);
      sinceStall += slice.length;
      if (sinceStall < stallEvery) continue;
      sinceStall = 0;
      await sleep(stallMs);
    }
  }
  upstream.end();
}
