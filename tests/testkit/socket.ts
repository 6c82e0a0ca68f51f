import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { z } from "zod";
import type { SignedIn } from "./viewers.ts";
import type { TestServer } from "./server.ts";

const ticketAnswer = z.object({
  createSubscriptionTicket: z.object({ ticket: z.string() }),
});

export async function ticketFor(viewer: SignedIn): Promise<string> {
  const answer = await viewer.execute(
    `mutation { createSubscriptionTicket { ticket } }`,
  );
  return answer.data(ticketAnswer).createSubscriptionTicket.ticket;
}

/** A WebSocket client that shows this ticket; it does not try twice. */
export function openSocket(server: TestServer, ticket: string | null) {
  return createClient({
    url: `${server.address.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: ticket === null ? {} : { ticket },
  });
}

const errorsSchema = z.array(
  z.object({ extensions: z.object({ code: z.string() }).loose().optional() }),
);

/**
 * Starts a subscription and gives its first error's code, or null when it is
 * still open after `waitMs`.
 */
export async function subscriptionCode(
  server: TestServer,
  viewer: SignedIn,
  document: string,
  waitMs: number,
): Promise<string | null> {
  const client = openSocket(server, await ticketFor(viewer));
  try {
    return await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), waitMs);
      client.subscribe(
        { query: document },
        {
          next: ({ errors = [] }) => {
            const [first] = errorsSchema.parse(errors);
            clearTimeout(timer);
            resolve(first?.extensions?.code ?? null);
          },
          error: (error) => {
            clearTimeout(timer);
            const parsed = errorsSchema.safeParse(error);
            const code = parsed.data?.[0]?.extensions?.code;
            resolve(code ?? "CLOSED");
          },
          complete: () => {
            clearTimeout(timer);
            resolve("COMPLETE");
          },
        },
      );
    });
  } finally {
    await client.dispose();
  }
}
