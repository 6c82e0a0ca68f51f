import type { Origin, UserViewer } from "../access/viewer.ts";
import type { ApiContext } from "../context.ts";
import { UnauthenticatedError } from "../errors.ts";
import type { SessionNews } from "./session-news.ts";

/** Sessions of open sockets are looked at again this often, news or none. */
const RECHECK_MS = 60_000;
/** graphql-ws protocol: Forbidden. */
const CLOSE_FORBIDDEN = 4403;

/** What of a socket is needed here. */
export interface ClosableSocket {
  close(code: number, reason: string): void;
  once(event: "close", then: () => void): unknown;
}

export interface SocketSessionDeps {
  news: SessionNews;
  resume(sessionId: string, origin: Origin): Promise<UserViewer | null>;
  contextFor(viewer: UserViewer): ApiContext;
}

interface WatchedSocket {
  userId: string;
  recheck(): void;
}

/** Closes sockets whose session has ended, and says who a socket is now. */
export class SocketSessions {
  readonly #deps: SocketSessionDeps;
  readonly #watched = new Set<WatchedSocket>();

  constructor(deps: SocketSessionDeps) {
    this.#deps = deps;
    deps.news.listen({
      changed: (userId) => this.#recheck((of) => of === userId),
      missed: () => this.#recheck(() => true),
    });
  }

  /** Looks every minute, and at once when there is news of the user. */
  watch(socket: ClosableSocket, viewer: UserViewer): void {
    const recheck = (): void => {
      void this.#isOver(viewer).then((isOver) => {
        if (isOver) socket.close(CLOSE_FORBIDDEN, "signed out");
      });
    };
    const entry = { userId: viewer.userId, recheck };
    const timer = setInterval(recheck, RECHECK_MS);
    timer.unref();
    this.#watched.add(entry);
    socket.once("close", () => {
      clearInterval(timer);
      this.#watched.delete(entry);
    });
  }

  /** The context of one subscription, which finds out anew who it is for. */
  contextOf(socket: ClosableSocket, viewer: UserViewer): ApiContext {
    const context = this.#deps.contextFor(viewer);
    context.renew = async () => {
      const { sessionId, origin } = viewer;
      const now = await this.#deps.resume(sessionId, origin);
      if (now === null) {
        socket.close(CLOSE_FORBIDDEN, "signed out");
        throw new UnauthenticatedError();
      }
      context.viewer = now;
    };
    return context;
  }

  #recheck(isMeant: (userId: string) => boolean): void {
    for (const watched of this.#watched)
      if (isMeant(watched.userId)) watched.recheck();
  }

  async #isOver({ sessionId, origin }: UserViewer): Promise<boolean> {
    try {
      return (await this.#deps.resume(sessionId, origin)) === null;
    } catch {
      return false; // the database is away: the next look decides
    }
  }
}
