import { Router, type Request, type Response } from "express";
import type { ApiContext } from "../context.ts";
import type { ContextOf } from "../platform/http-context.ts";

/** Makes a PDF for who asks; `isForPrint` where it is to ask to print. */
export type MakePdf = (
  context: ApiContext,
  id: string,
  isForPrint: boolean,
) => Promise<Buffer>;

/**
 * GET /`folder`/ID.pdf: a report to be looked at in the browser, called
 * `name`-ID.pdf. GET /`folder`/ID/print.pdf: the same, which asks to print.
 */
export function pdfRoute(
  { folder, name }: { folder: string; name: string },
  make: MakePdf,
): (contextOf: ContextOf) => Router {
  return (contextOf) => {
    const router = Router();
    const send = async (
      request: Request,
      response: Response,
      isForPrint: boolean,
    ): Promise<void> => {
      const { id: given } = request.params;
      const id = typeof given === "string" ? given : "";
      const bytes = await make(await contextOf(request), id, isForPrint);
      response.setHeader("Content-Type", "application/pdf");
      // No name of a patient in the name of a file.
      response.setHeader(
        "Content-Disposition",
        `inline; filename="${name}-${id}.pdf"`,
      );
      response.setHeader("Cache-Control", "no-store");
      response.end(bytes);
    };
    router.get(`/${folder}/:id.pdf`, (request, response) =>
      send(request, response, false),
    );
    router.get(`/${folder}/:id/print.pdf`, (request, response) =>
      send(request, response, true),
    );
    return router;
  };
}
